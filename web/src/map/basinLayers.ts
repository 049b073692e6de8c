import type { ExpressionSpecification, LayerSpecification, LineLayerSpecification } from "maplibre-gl";
import { colour } from "../design/theme.svelte";
import { SIGNS } from "./signs";

/** How a basin is drawn: rivers with their direction, links, each kind of place by its shape, what is chosen, what is sketched. */

const font = ["sans-serif"];
const of = (table: string) => ["==", ["get", "table"], table] as ExpressionSpecification;
const role = (name: string) => ["==", ["get", "role"], name] as ExpressionSpecification;

function line(table: string, paint: LineLayerSpecification["paint"]): LayerSpecification {
  return { id: table, type: "line", source: "basin", filter: of(table), paint };
}
function arrows(table: string, spacing: number): LayerSpecification {
  return {
    id: `${table}-arrows`,
    type: "symbol",
    source: "basin",
    filter: of(table),
    layout: { "symbol-placement": "line", "symbol-spacing": spacing, "text-field": "›", "text-size": 18, "text-font": font },
    paint: { "text-color": colour(table === "reaches" ? "--water" : "--ink-quiet") },
  };
}
function sign(table: string): LayerSpecification {
  return {
    id: table,
    type: "symbol",
    source: "basin",
    filter: of(table),
    layout: {
      "icon-image": table,
      "icon-size": ["interpolate", ["linear"], ["zoom"], 7, 0.4, 11, 0.8, 14, 1],
      "icon-allow-overlap": true,
      "text-field": ["step", ["zoom"], "", 10.5, ["get", "title"]],
      "text-size": 12,
      "text-font": font,
      "text-offset": [0, 1.1],
      "text-anchor": "top",
      "text-optional": true,
    },
    paint: { "text-color": colour("--ink"), "text-halo-color": colour("--ground"), "text-halo-width": 1.5 },
  };
}
/** What somebody is doing on the map: lines, points to take hold of, and the point in hand. */
const sketched = (): LayerSpecification[] => [
  {
    id: "sketch-line",
    type: "line",
    source: "sketch",
    filter: role("line"),
    paint: { "line-color": colour("--accent"), "line-width": 3, "line-dasharray": [2, 1.5] },
  },
  {
    id: "sketch-handle",
    type: "circle",
    source: "sketch",
    filter: role("handle"),
    paint: {
      "circle-radius": 6,
      "circle-color": colour("--ground"),
      "circle-stroke-width": 2,
      "circle-stroke-color": colour("--accent"),
    },
  },
  {
    id: "sketch-point",
    type: "circle",
    source: "sketch",
    filter: role("point"),
    paint: {
      "circle-radius": 9,
      "circle-color": colour("--accent"),
      "circle-stroke-width": 2,
      "circle-stroke-color": colour("--ground"),
    },
  },
];

export const basinLayers = (): LayerSpecification[] => [
  { id: "ground", type: "background", paint: { "background-color": colour("--ground-quiet") } },
  line("reaches", { "line-color": colour("--water"), "line-width": 2.5 }),
  arrows("reaches", 120),
  line("links", { "line-color": colour("--ink-quiet"), "line-width": 1, "line-opacity": 0.45, "line-dasharray": [3, 2] }),
  ...SIGNS.map(sign),
  { id: "chosen-line", type: "line", source: "chosen", paint: { "line-color": colour("--alarm"), "line-width": 4 } },
  {
    id: "chosen-point",
    type: "circle",
    source: "chosen",
    filter: ["==", ["geometry-type"], "Point"],
    paint: { "circle-radius": 14, "circle-opacity": 0, "circle-stroke-width": 3, "circle-stroke-color": colour("--alarm") },
  },
  ...sketched(),
];
