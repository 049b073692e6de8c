import type { Row } from "../../../server/ask-basins";
import type { BasinForm } from "../../../server/basinForm";
import type { BasinMap, Place } from "../../../server/basinMap";
import { keyOf, type Edit, type Edits } from "../edits.svelte";
import { metresBetween, type Position } from "./distance";
import { nameOf, positionsOf } from "./editedMap";

/** A link whose length would follow what was moved, in km. */
export interface Length {
  link: Place;
  now: number;
  then: number;
}

const rounded = (km: number) => Number(km.toFixed(2));
const SHORTEST_TO_SCALE_M = 1;

/**
 * The links with an end that was moved, and how long they would be: the length scales with the straight distance, so that
 * a way that winds keeps winding; where there was no distance, it is the straight one.
 */
export function lengthsAfter(before: BasinMap, after: BasinMap): Length[] {
  const [was, is] = [positionsOf(before.features), positionsOf(after.features)];
  const moved = new Set(
    [...is].filter(([node, at]) => was.has(node) && String(was.get(node)) !== String(at)).map(([node]) => node),
  );
  const given = new Map(before.features.map((place) => [place.id, place]));
  return after.features.flatMap((link) => {
    const [from, to] = [String(link.properties["from_node"]), String(link.properties["to_node"])];
    const old = given.get(link.id);
    if (link.properties.table !== "links" || !old || !(moved.has(from) || moved.has(to))) return [];
    const straight = metresBetween(is.get(from)!, is.get(to)!);
    const [a, b] = [was.get(from), was.get(to)];
    const straightBefore = a && b ? metresBetween(a, b) : 0;
    const length = Number(old.properties["length_km"]);
    const then = rounded(straightBefore > SHORTEST_TO_SCALE_M ? (length * straight) / straightBefore : straight / 1000);
    const now = Number(link.properties["length_km"]);
    return rounded(now) === then ? [] : [{ link, now, then }];
  });
}

const AT_LEAST_TO_TELL = 3;

/** How much longer the basin's links are than straight: the middle one of all; 1 where there are too few to tell. */
export function detourOf(map: BasinMap): number {
  const at = positionsOf(map.features);
  const ratios = map.features
    .flatMap(({ properties }) => {
      const ends = [at.get(String(properties["from_node"])), at.get(String(properties["to_node"]))] as const;
      const straight = ends[0] && ends[1] ? metresBetween(ends[0], ends[1]) / 1000 : 0;
      return properties.table === "links" && straight > 0.05 ? [Number(properties["length_km"]) / straight] : [];
    })
    .toSorted((one, other) => one - other);
  return ratios.length < AT_LEAST_TO_TELL ? 1 : Math.max(1, ratios[Math.floor(ratios.length / 2)]!);
}

/** How long a link between two positions will be about, in km. */
export const lengthBetween = (from: Position, to: Position, detour: number): number =>
  rounded((metresBetween(from, to) / 1000) * detour);

/** The lengths as edits, in one step. */
export const lengthEdits = (lengths: Length[], form: BasinForm): Edit[] =>
  lengths.map(({ link, then }) => ({
    table: "links",
    key: keyOf(form, "links", { link: nameOf(link) }),
    column: "length_km",
    value: then,
  }));

/** Notes that figures of a column of links are derived, unless that is noted already. */
export function notedAsDerived(column: "length_km" | "lift_m", origins: Row[], edits: Edits, note: string): Edit[] {
  const row = { of_table: "links", of_column: column, origin: "derived", note };
  const key: Row = { of_table: "links", of_column: column, assumption: null, citation: null };
  const noted = [...origins, ...edits.added("origins")].some((one) =>
    Object.entries(key).every(([name, value]) => (one[name] ?? null) === value),
  );
  return noted ? [] : [{ table: "origins", key, row }];
}
