import type { Row } from "../../server/ask-basins";
import type { BasinForm } from "../../server/basinForm";

/** The tables whose rows a basin's map draws; the course of a reach is drawn as the reach. */
const DRAWN = ["villages", "sources", "treatment_sites", "wastewater_sites", "links", "reaches"];

/** What a row may be on the map, the nearest first: itself, or a place that one of its cells names. */
export function placesOf(form: BasinForm, table: string, row: Row): string[] {
  const described = form.properties[table];
  if (!described) return [];
  const own = DRAWN.includes(table) ? [`${table}/${row[described["x-key"][0]!]}`] : [];
  const named = Object.entries(described.items.properties).flatMap(([column, { "x-refers-to": tables }]) =>
    row[column] ? (tables ?? []).filter((one) => DRAWN.includes(one)).map((one) => `${one}/${row[column]}`) : [],
  );
  return [...own, ...named];
}

/** Whether rows of a table may stand on the map. */
export const mayBeOnMap = (form: BasinForm, table: string): boolean =>
  DRAWN.includes(table) ||
  Object.values(form.properties[table]?.items.properties ?? {}).some(({ "x-refers-to": tables }) =>
    tables?.some((one) => DRAWN.includes(one)),
  );
