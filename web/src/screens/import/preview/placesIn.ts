import type { Finding } from "../../../server/basinFile";
import type { BasinMap, Cell, Place } from "../../../server/basinMap";
import type { Opened } from "./opened";

const POINTS = ["villages", "sources", "treatment_sites", "wastewater_sites", "reaches"];
/** What the links join, and the column that names each. */
const NODES: Record<string, string> = { villages: "village", sources: "source", treatment_sites: "site" };
type Row = Record<string, string>;

async function rowsOf(file: Opened, table: string): Promise<Row[]> {
  const [header = [], ...rows] = (await file.table(table)) ?? [];
  return rows.map((cells) => Object.fromEntries(header.map((name, at) => [name.trim(), cells[at] ?? ""])));
}

/** A position in degrees; null where it is none. */
function positionOf(row: Row | undefined): [number, number] | null {
  const [longitude, latitude] = [row?.["longitude"] || NaN, row?.["latitude"] || NaN].map(Number) as [number, number];
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90 ? [longitude, latitude] : null;
}

const placed = (table: string, line: number, row: Row, geometry: Place["geometry"]): Place => ({
  type: "Feature",
  id: `${table}/${line}`,
  geometry,
  properties: { table, ...(row as Record<string, Cell>) } as Place["properties"],
});

/** What a file has on the map, each place known by its table and line: nodes, the links between them, the courses of reaches. */
export async function placesIn(file: Opened): Promise<BasinMap> {
  const features: Place[] = [];
  const nodes = new Map<string, [number, number]>();
  const courses = new Map<string, [number, number][]>();
  for (const row of await rowsOf(file, "reach_lines")) {
    const position = positionOf(row);
    if (position) courses.set(row["reach"] ?? "", [...(courses.get(row["reach"] ?? "") ?? []), position]);
  }
  for (const table of POINTS) {
    for (const [at, row] of (await rowsOf(file, table)).entries()) {
      const course = courses.get(row["reach"] ?? "") ?? [];
      const position = positionOf(row);
      if (table === "reaches" && course.length > 1)
        features.push(placed(table, at + 2, row, { type: "LineString", coordinates: course }));
      else if (position) features.push(placed(table, at + 2, row, { type: "Point", coordinates: position }));
      if (position && NODES[table]) nodes.set(row[NODES[table]] ?? "", position);
    }
  }
  for (const [at, row] of (await rowsOf(file, "links")).entries()) {
    const ends = [nodes.get(row["from_node"] ?? ""), nodes.get(row["to_node"] ?? "")].filter((one) => one !== undefined);
    if (ends.length === 2) features.push(placed("links", at + 2, row, { type: "LineString", coordinates: ends }));
  }
  return { type: "FeatureCollection", name: "", features, left_out: {} };
}

/** The place on the map that a finding is about. */
export function placeOf(map: BasinMap, file: Opened, finding: Finding): Place | undefined {
  const line = file.lineOf(finding);
  return map.features.find(({ id }) => line && id === `${finding.table}/${line}`);
}
