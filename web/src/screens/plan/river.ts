import type { ReachFigures } from "../../server/planMap";
import type { Row } from "../../server/ask-plan";

/** Flow in a season of a member against what must remain, m³ a day. */
export interface Period {
  season: string;
  member: string;
  outflow: number;
  required: number;
}

export const periodsOf = (rows: Row[]): Period[] =>
  rows.map((row) => ({
    season: String(row["season_title"]),
    member: String(row["member_title"]),
    outflow: Number(row["outflow_m3_per_day"]),
    required: Number(row["required_m3_per_day"]),
  }));

/** The reaches with least room above their minimum first; those of which nothing is asked last. */
export const mostStressed = (reaches: ReachFigures[]): ReachFigures[] => {
  const room = (reach: ReachFigures) =>
    reach.required_m3_per_day > 0 ? reach.outflow_m3_per_day / reach.required_m3_per_day : Infinity;
  return reaches.toSorted((a, b) => (a.least_share_kept ?? 2) - (b.least_share_kept ?? 2) || room(a) - room(b) || 0);
};

/** The period with the least flow for each m³ that must remain; undefined where nothing must. */
export const tightest = (periods: Period[]): Period | undefined =>
  periods.filter(({ required }) => required > 0).toSorted((a, b) => a.outflow / a.required - b.outflow / b.required)[0];
