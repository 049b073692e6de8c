import type { Feature, FeatureCollection, LineString, Point } from "geojson";
import { reachesOf, villagesOf, worksOf, type PlanMap } from "../server/planMap";
import { inWorld, seenFrom } from "./covered";
import { EDGE_PIXELS, radiusOf } from "./planLayers";

/** What the map draws of a plan, and no more of it: all that it is given goes to its worker and into each tile. */
export function planFeatures(map: PlanMap): FeatureCollection<Point | LineString> {
  const villages = villagesOf(map);
  const seen = (persons: "persons_before" | "persons_after") =>
    seenFrom(
      villages.map(({ geometry, properties }) => ({
        ...inWorld((geometry as Point).coordinates as [number, number]),
        radius: radiusOf(properties[persons]) + EDGE_PIXELS,
      })),
    );
  const before = seen("persons_before");
  const after = seen("persons_after");
  const feature = (geometry: Point | LineString, properties: Feature["properties"]) =>
    ({ type: "Feature", geometry, properties }) as const;
  return {
    type: "FeatureCollection",
    features: [
      ...villages.map(({ geometry, properties: village }, at) =>
        feature(geometry, {
          kind: "village",
          village: village.village,
          persons_before: village.persons_before,
          persons_after: village.persons_after,
          typical_rung_before: village.typical_rung_before,
          typical_rung_after: village.typical_rung_after,
          seen_from_before: before[at],
          seen_from_after: after[at],
        }),
      ),
      ...worksOf(map).map(({ geometry, properties: { option_kind, first_stage } }) =>
        feature(geometry, { kind: "work", option_kind, first_stage }),
      ),
      ...reachesOf(map).map(({ geometry, properties: { outflow_m3_per_day } }) =>
        feature(geometry, { kind: "reach", outflow_m3_per_day }),
      ),
    ],
  };
}
