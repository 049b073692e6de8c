import type { Feature, LineString, Point } from "geojson";

export type Cell = string | number | boolean | null;

/** A row of a table of the basin that stands on the map. */
export type Place = Feature<Point | LineString, { table: string; title?: string } & Record<string, Cell>>;

/** A version as `/v1/basins/{basin}/versions/{number}/geojson` gives it. */
export interface BasinMap {
  type: "FeatureCollection";
  name: string;
  features: Place[];
  left_out: Record<string, number>;
}

export const pointsOf = (map: BasinMap, table: string): [number, number][] =>
  map.features
    .filter((feature) => feature.properties.table === table && feature.geometry.type === "Point")
    .map((feature) => (feature.geometry as Point).coordinates as [number, number]);

export const linesOf = (map: BasinMap, table: string): [number, number][][] =>
  map.features
    .filter((feature) => feature.properties.table === table && feature.geometry.type === "LineString")
    .map((feature) => (feature.geometry as LineString).coordinates as [number, number][]);
