import type { Feature, LineString, Point } from "geojson";

type Rung = 0 | 1 | 2 | 3 | 4 | 5;

/** Also of each rung: the persons on it before the plan and in the stage. */
export interface VillageFigures extends Record<`persons_at_rung_${Rung}_${"before" | "after"}`, number> {
  kind: "village";
  village: string;
  title: string;
  account: string;
  account_title: string;
  persons_after: number;
  typical_rung_after: number;
  typical_rung_before: number;
  persons_before: number;
}
export interface WorkFigures {
  kind: "work";
  work: string;
  title: string;
  category: string;
  option_kind: string;
  account: string;
  account_title: string;
  serves: boolean;
  first_stage: string | null;
  capacity_m3_per_day: number | null;
  capital_usd: number;
}
export interface ReachFigures {
  kind: "reach";
  reach: string;
  title: string;
  account: string | null;
  natural_m3_per_day: number;
  outflow_m3_per_day: number;
  required_m3_per_day: number;
  least_share_kept: number | null;
}

export interface Stage {
  stage: string;
  title: string;
  first_year: number;
  last_year: number;
}

/** The plan's GeoJSON of one stage, as `/v1/plans/{plan}/export?format=geojson` gives it. */
export interface PlanMap {
  type: "FeatureCollection";
  stage: string;
  stages: Stage[];
  /** The year of whose prices all amounts are. */
  base_year: number;
  features: Feature<Point | LineString, VillageFigures | WorkFigures | ReachFigures>[];
}

const only =
  <T extends { kind: string }>(kind: T["kind"]) =>
  (map: PlanMap): Feature<Point | LineString, T>[] =>
    map.features.filter((feature) => feature.properties.kind === kind) as unknown as Feature<Point | LineString, T>[];

export const villagesOf = only<VillageFigures>("village");
export const worksOf = only<WorkFigures>("work");
export const reachesOf = only<ReachFigures>("reach");
