import type { Row } from "../../../server/ask-basins";
import type { BasinForm } from "../../../server/basinForm";
import type { Place } from "../../../server/basinMap";
import { t } from "../../../words/words.svelte";
import { keyOf, type Edits } from "../edits.svelte";
import type { Position } from "./distance";
import { courseOf, nameOf, POINTS } from "./editedMap";
import type { Target } from "./moving.svelte";

const position = ({ properties }: Place): Position => [Number(properties["longitude"]), Number(properties["latitude"])];

/** The points of a place that can be moved: its own, and those of a reach's course. A link has none: it follows its ends. */
export function targetsOf(
  place: Place | undefined,
  edits: Edits,
  form: BasinForm,
  courses: Row[],
): { title: string; target: Target }[] {
  if (!place || !(place.properties.table === "reaches" || POINTS.includes(place.properties.table))) return [];
  const { table } = place.properties;
  const own = { title: t("mapEdit.own"), target: { table, key: keyOf(form, table, place.properties), at: position(place) } };
  const course = table === "reaches" ? courseOf(nameOf(place), edits, courses) : [];
  return [
    own,
    ...course.map(({ key, at }, number) => ({
      title: t("mapEdit.course", { number: number + 1, of: course.length }),
      target: { table: "reach_lines", key, at },
    })),
  ];
}

const feature = (geometry: GeoJSON.Geometry, properties: Record<string, string>): GeoJSON.Feature => ({
  type: "Feature",
  geometry,
  properties,
});
export const pointAt = (role: "point" | "handle", at: Position, name = ""): GeoJSON.Feature =>
  feature({ type: "Point", coordinates: at }, { role, name });
export const lineAlong = (...along: Position[]): GeoJSON.Feature =>
  feature({ type: "LineString", coordinates: along }, { role: "line" });
