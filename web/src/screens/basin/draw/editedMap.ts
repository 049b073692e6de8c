import type { Row } from "../../../server/ask-basins";
import type { BasinForm } from "../../../server/basinForm";
import type { BasinMap, Cell, Place } from "../../../server/basinMap";
import { keyOf, type Edits } from "../edits.svelte";
import type { Position } from "./distance";

/** The tables whose rows are points of the map. */
export const POINTS = ["villages", "sources", "treatment_sites", "wastewater_sites"];
/** The tables whose rows links can join. */
export const NODES = ["villages", "sources", "treatment_sites"];

/** The map as it would be with what is not saved yet. `courses` are the rows of reach_lines. */
export function editedMap(map: BasinMap, edits: Edits, form: BasinForm, courses: Row[]): BasinMap {
  if (!edits.count) return map;
  const stays = ({ properties }: Place) => !edits.gone(properties.table, keyOf(form, properties.table, properties));
  const rows = map.features.filter(stays).map((place) => withCells(place, edits, form));
  const came = POINTS.flatMap((table) => edits.added(table).flatMap((row) => pointOf(table, row, form)));
  const points = [...rows.filter(({ properties }) => properties.table !== "links"), ...came].map((place) =>
    place.properties.table === "reaches" ? withCourse(place, edits, courses) : withPoint(place),
  );
  const at = positionsOf(points);
  const links = [
    ...rows.filter(({ properties }) => properties.table === "links"),
    ...edits.added("links").map((row) => placeOf("links", row, form, { type: "LineString", coordinates: [] })),
  ].flatMap((link) => withEnds(link, at));
  return { ...map, features: [...points, ...links] };
}

/** Where each node is, by its name. */
export const positionsOf = (places: Place[]): Map<string, Position> =>
  new Map(
    places
      .filter(({ properties }) => NODES.includes(properties.table))
      .map((place) => [nameOf(place), place.geometry.coordinates as Position]),
  );

/** What a place is called in its table: the first column of its key. */
export const nameOf = (place: Place): string => String(place.id).slice(String(place.id).indexOf("/") + 1);

function withCells(place: Place, edits: Edits, form: BasinForm): Place {
  const { table } = place.properties;
  const key = keyOf(form, table, place.properties);
  const changed = Object.keys(place.properties)
    .map((column) => [column, edits.of(table, key, column)] as const)
    .filter((cell): cell is [string, Cell] => cell[1] !== undefined);
  return changed.length ? { ...place, properties: { ...place.properties, ...Object.fromEntries(changed) } } : place;
}

const inDegrees = (longitude: unknown, latitude: unknown) =>
  typeof longitude === "number" && typeof latitude === "number" && Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;

function withPoint(place: Place): Place {
  const { longitude, latitude } = place.properties;
  if (!inDegrees(longitude, latitude)) return place;
  return { ...place, geometry: { type: "Point", coordinates: [longitude, latitude] as Position } };
}

function withCourse(place: Place, edits: Edits, courses: Row[]): Place {
  if (place.geometry.type === "Point") return withPoint(place);
  const points = courseOf(nameOf(place), edits, courses);
  return points.length > 1 ? { ...place, geometry: { type: "LineString", coordinates: points.map(({ at }) => at) } } : place;
}

/** The points of a reach's course in their order, each with its key. */
export function courseOf(reach: string, edits: Edits, courses: Row[]): { key: Row; at: Position }[] {
  return courses
    .filter((row) => row["reach"] === reach)
    .toSorted((one, other) => Number(one["point"]) - Number(other["point"]))
    .map((row) => {
      const key = { reach, point: row["point"]! };
      const cell = (column: string) => Number(edits.of("reach_lines", key, column) ?? row[column]);
      return { key, at: [cell("longitude"), cell("latitude")] as Position };
    });
}

function withEnds(link: Place, at: Map<string, Position>): Place[] {
  const ends = [link.properties["from_node"], link.properties["to_node"]].map((node) => at.get(String(node)));
  return ends[0] && ends[1] ? [{ ...link, geometry: { type: "LineString", coordinates: ends as Position[] } }] : [];
}

function placeOf(table: string, row: Row, form: BasinForm, geometry: Place["geometry"]): Place {
  const id = `${table}/${Object.values(keyOf(form, table, row))[0]}`;
  return { type: "Feature", id, geometry, properties: { table, ...row } as Place["properties"] };
}

function pointOf(table: string, row: Row, form: BasinForm): Place[] {
  const { longitude, latitude } = row;
  if (!inDegrees(longitude, latitude)) return [];
  return [placeOf(table, row, form, { type: "Point", coordinates: [longitude, latitude] as Position })];
}
