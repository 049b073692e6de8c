import type { Plain } from "../../design/form/schema";
import type { Resolved } from "../../server/ask-scenarios";

/** Budgets: what a channel offers in a stage, after the changes of scenarios. */
export const TABLE = "channel_amounts";

export interface Amount {
  channel: string;
  stage: string;
  usd: number;
  /** The scenario that changed it last; null where it is the basin's. */
  from: string | null;
}

interface Change {
  table?: string;
  where?: Record<string, unknown>;
  set?: Plain;
  multiply?: Record<string, number>;
  add?: Plain | Plain[];
  remove?: boolean;
}

const fits = (row: Plain, where: Record<string, unknown> = {}): boolean =>
  Object.entries(where).every(([name, given]) => (Array.isArray(given) ? given.includes(row[name]) : row[name] === given));

/** The rows of the basin with every change of the table made in order, as the service makes them. */
export function amountsOf(rows: Plain[], changes: Resolved["changes"]): Amount[] {
  let now = rows.map((row) => ({ ...row, from: null as string | null }) as Plain & { from: string | null });
  for (const told of changes) {
    const change = told.change as Change;
    if (change.table !== TABLE) continue;
    if (change.add)
      now = [
        ...now,
        ...[change.add].flat().map((row) => ({ ...row, from: told.scenario_id }) as Plain & { from: string | null }),
      ];
    else if (change.remove) now = now.filter((row) => !fits(row, change.where));
    else
      now = now.map((row) => {
        if (!fits(row, change.where)) return row;
        const factor = change.multiply?.amount_usd;
        const usd = factor === undefined ? row.amount_usd : Number(row.amount_usd) * factor;
        return { ...row, amount_usd: usd, ...change.set, from: told.scenario_id };
      });
  }
  return now.map((row) => ({
    channel: String(row.channel),
    stage: String(row.stage),
    usd: Number(row.amount_usd),
    from: row.from,
  }));
}

/** The scenario's own changes so that a channel offers this much in a stage; one of the same cell is replaced. */
export function withAmount(changes: Plain[], channel: string, stage: string, usd: number, known: boolean): Plain[] {
  const isOf = (change: Change) =>
    change.table === TABLE &&
    change.set !== undefined &&
    Object.keys(change.set).length === 1 &&
    Object.keys(change.where ?? {}).length === 2 &&
    change.where?.channel === channel &&
    change.where?.stage === stage;
  const isAdded = (change: Change) => {
    const row = Array.isArray(change.add) ? (change.add.length === 1 ? change.add[0] : undefined) : change.add;
    return change.table === TABLE && row?.channel === channel && row?.stage === stage;
  };
  if (changes.some((change) => isAdded(change as Change)))
    return changes.map((change) =>
      isAdded(change as Change) ? { ...change, add: [{ channel, stage, amount_usd: usd }] } : change,
    );
  const rest = changes.filter((change) => !isOf(change as Change));
  return known
    ? [...rest, { table: TABLE, where: { channel, stage }, set: { amount_usd: usd } }]
    : [...rest, { table: TABLE, add: [{ channel, stage, amount_usd: usd }] }];
}
