import type { CircleLayerSpecification, ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { colour } from "../design/theme.svelte";
import type { Sign } from "./signs";

/** Which figures of the plan are drawn: those before it or of the stage, and the villages that the reader has chosen. */
export interface Drawn {
  before: boolean;
  stage: string;
  chosen: ReadonlySet<string> | null;
}

/** The sign of each kind of work that stands at a point; others have a square. */
export const SIGN_OF: Record<string, Sign> = {
  source_development: "sources",
  treatment: "treatment_sites",
  wastewater_treatment: "wastewater_sites",
};
export const PIXELS_OF_SQRT_PERSON = 0.19;
export const LEAST_PIXELS = 3;
export const EDGE_PIXELS = 1;
/** The radius of a village's circle in pixels, without its edge. */
export const radiusOf = (persons: number): number => Math.max(LEAST_PIXELS, PIXELS_OF_SQRT_PERSON * Math.sqrt(persons));
const FADED = 0.25;
const PLAN = "plan";
const FONT = ["sans-serif"];
// A small stream is a hair, the Mekong's large tributaries are broad.
const BY_FLOW: ExpressionSpecification = [
  "interpolate",
  ["linear"],
  ["log10", ["max", 1, ["get", "outflow_m3_per_day"]]],
  ...[4, 1, 6, 2, 8, 6],
];
const kind = (name: string): ExpressionSpecification => ["==", ["get", "kind"], name];
const shape = (name: string): ExpressionSpecification => ["==", ["geometry-type"], name];
/** New in the stage, or paid in it to serve later. */
const fresh = (stage: string): ExpressionSpecification => ["==", ["coalesce", ["get", "first_stage"], stage], stage];
const among = ({ chosen }: Drawn): ExpressionSpecification => ["in", ["get", "village"], ["literal", [...(chosen ?? [])]]];

export const rungOf = ({ before }: Drawn) => (before ? "typical_rung_before" : "typical_rung_after");
export const personsOf = ({ before }: Drawn) => (before ? "persons_before" : "persons_after");

/** Villages: area by people, colour by rung; those that are not chosen fade, those that are have a broad edge. */
export function circles(drawn: Drawn): NonNullable<CircleLayerSpecification["paint"]> {
  const opacity = (drawn.chosen ? ["case", among(drawn), 1, FADED] : 1) as ExpressionSpecification;
  return {
    "circle-color": [
      "match",
      ["get", rungOf(drawn)],
      ...[1, 2, 3, 4, 5].flatMap((step) => [step, colour(`--rung-${step}`)]),
      colour("--rung-0"),
    ] as never,
    "circle-radius": ["max", LEAST_PIXELS, ["*", PIXELS_OF_SQRT_PERSON, ["sqrt", ["get", personsOf(drawn)]]]],
    "circle-opacity": opacity,
    "circle-stroke-opacity": opacity,
    "circle-stroke-color": colour("--ink"),
    "circle-stroke-width": (drawn.chosen ? ["case", among(drawn), 2.5, EDGE_PIXELS] : EDGE_PIXELS) as ExpressionSpecification,
  };
}

/** Villages that can be seen: others hide some wholly where many lie close, as long as none is faded. */
export const villageFilter = ({ chosen, before }: Drawn): ExpressionSpecification =>
  chosen ? kind("village") : ["all", kind("village"), ["<=", ["get", before ? "seen_from_before" : "seen_from_after"], ["zoom"]]];

/** Pipes and other lines: whole where they serve since earlier stages, dashed where they are built in the one that is shown. */
export const lineFilters = (stage: string): Record<"pipe" | "pipe-new", ExpressionSpecification> => ({
  pipe: ["all", kind("work"), shape("LineString"), ["!", fresh(stage)]],
  "pipe-new": ["all", kind("work"), shape("LineString"), fresh(stage)],
});
/** Layers of what is built: nothing of it is there before the plan. */
export const BUILT = ["pipe", "pipe-new", "works"] as const;

export function planLayers(drawn: Drawn): LayerSpecification[] {
  const filters = lineFilters(drawn.stage);
  const visibility = drawn.before ? "none" : "visible";
  return [
    {
      id: "reach",
      type: "line",
      source: PLAN,
      filter: kind("reach"),
      paint: { "line-color": colour("--water"), "line-width": BY_FLOW },
    },
    {
      id: "reach-arrows",
      type: "symbol",
      source: PLAN,
      filter: kind("reach"),
      layout: { "symbol-placement": "line", "symbol-spacing": 110, "text-field": "›", "text-size": 20, "text-font": FONT },
      paint: { "text-color": colour("--water"), "text-halo-color": colour("--map-ground"), "text-halo-width": 1 },
    },
    {
      id: "pipe",
      type: "line",
      source: PLAN,
      filter: filters.pipe,
      layout: { visibility },
      paint: { "line-color": colour("--ink"), "line-width": 1.5 },
    },
    {
      id: "pipe-new",
      type: "line",
      source: PLAN,
      filter: filters["pipe-new"],
      layout: { visibility },
      paint: { "line-color": colour("--ink"), "line-width": 2.5, "line-dasharray": [2, 1.5] },
    },
    { id: "village", type: "circle", source: PLAN, filter: villageFilter(drawn), paint: circles(drawn) },
    {
      id: "numeral",
      type: "symbol",
      source: PLAN,
      filter: kind("village"),
      minzoom: 9.5,
      layout: {
        "text-field": ["to-string", ["get", rungOf(drawn)]],
        "text-size": 12,
        "text-allow-overlap": true,
        "text-ignore-placement": true,
        "text-font": FONT,
      },
      paint: {
        "text-color": ["case", [">=", ["get", rungOf(drawn)], 3], colour("--on-dark-rung"), colour("--on-light-rung")],
      },
    },
    {
      id: "works",
      type: "symbol",
      source: PLAN,
      filter: ["all", kind("work"), shape("Point")],
      layout: {
        visibility,
        "icon-image": ["match", ["get", "option_kind"], ...Object.entries(SIGN_OF).flat(), "treatment_sites"] as never,
        "icon-size": 0.75,
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
      },
    },
  ];
}
