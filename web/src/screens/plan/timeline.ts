import type { Row } from "../../server/ask-plan";
import type { Stage } from "../../server/planMap";

/** A work, or all assets of a kind in an administration's villages: what it costs and adds in each stage. */
export interface Line {
  name: string;
  title: string;
  kind: string;
  place: string;
  capitalUsd: number[];
  /** Units that stand in each stage; a work is one unit from the stage in which it serves. */
  units: number[];
  /** The place of the first stage in which it stands or is paid. */
  first: number;
  totalUsd: number;
}

export type Grouping = "kind" | "place";

/** Lines of works and of assets inside villages: by what they are, or by administration too. The earliest, then the dearest first. */
export function linesOf(works: Row[], assets: Row[], stages: Stage[], by: Grouping): Line[] {
  const lines = new Map<string, Line>();
  const order = new Map(stages.map(({ stage }, place) => [stage, place]));
  const add = (row: Row, name: string, title: string, units: number) => {
    const place = String(row["account_title"] ?? "");
    const key = `${name} ${by === "place" ? place : ""}`;
    const line = lines.get(key) ?? {
      name: key,
      title: title,
      kind: String(row["category_title"] ?? ""),
      place: "",
      capitalUsd: stages.map(() => 0),
      units: stages.map(() => 0),
      first: 0,
      totalUsd: 0,
    };
    const at = order.get(String(row["stage"])) ?? 0;
    line.capitalUsd[at]! += Number(row["capital_usd"] ?? 0);
    line.units[at]! += units;
    line.place = [...new Set([...line.place.split(", "), place])].filter(Boolean).join(", ");
    lines.set(key, line);
  };
  for (const row of works) add(row, `work ${row["option"]}`, String(row["option_title"]), row["serves"] ? 1 : 0);
  for (const row of assets) add(row, `asset ${row["asset"]}`, String(row["asset_title"]), Number(row["units"] ?? 0));
  return [...lines.values()]
    .map((line) => ({
      ...line,
      first: stages.findIndex((_, at) => line.units[at]! > 0 || line.capitalUsd[at]! > 0),
      totalUsd: line.capitalUsd.reduce((sum, usd) => sum + usd, 0),
    }))
    .filter((line) => line.first >= 0)
    .toSorted(
      (a, b) =>
        (by === "place" ? a.place.localeCompare(b.place) : a.kind.localeCompare(b.kind)) ||
        a.first - b.first ||
        b.totalUsd - a.totalUsd,
    );
}
