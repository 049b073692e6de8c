import type { GeoJSONSource, Map as Drawn, MapMouseEvent, MapTouchEvent, PointLike } from "maplibre-gl";
import type { BasinMap } from "../server/basinMap";
import { SIGNS } from "./signs";

/** What somebody does with a basin's map other than looking at it. */
export interface Tool {
  /** Lines (role `line`), points to take hold of (`handle`, with a `name`) and the point in hand (`point`). */
  sketch: GeoJSON.FeatureCollection;
  /** A key was pressed on the map; whether it was one for the tool. */
  key?: (event: KeyboardEvent, zoom: number) => boolean;
  /** Takes hold of a place by its id, or of a handle by its name; whether it can be dragged. */
  take?: (found: { id?: string; handle?: string }) => boolean;
  to?: (at: [number, number]) => void;
  drop?: () => void;
  /** Lets what was taken hold of be where it was: the drag was broken off. */
  leave?: () => void;
}

export const nothing: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };

type At = { x: number; y: number };
const REACH_PX = 6;

/** The place that is drawn at a point of the map, or the handle there. */
export function foundAt(drawn: Drawn, content: BasinMap, { x, y }: At): { id?: string; handle?: string } {
  const around: [PointLike, PointLike] = [
    [x - REACH_PX, y - REACH_PX],
    [x + REACH_PX, y + REACH_PX],
  ];
  const handle = drawn.queryRenderedFeatures(around, { layers: ["sketch-handle"] })[0];
  if (handle) return { handle: String(handle.properties["name"]) };
  const layers = [...SIGNS, "links", "reaches"];
  const found = drawn.queryRenderedFeatures(around, { layers }).map((feature) => feature.properties);
  const first = found.toSorted((a, b) => layers.indexOf(a["table"]) - layers.indexOf(b["table"]))[0];
  const whole = first && content.features.find(({ properties }) => same(properties, first));
  return whole ? { id: String(whole.id) } : {};
}

/** The same place: what was drawn carries its properties only, the first two of which are its table and name. */
function same(one: Record<string, unknown>, other: Record<string, unknown>): boolean {
  const [table, name] = Object.keys(one);
  return one[table!] === other[table!] && one[name!] === other[name!];
}

/** Lets the tool drag what it takes hold of, with a mouse or one finger; the map itself stays meanwhile. */
export function letDrag(drawn: Drawn, tool: () => Tool | undefined, content: () => BasinMap): void {
  const begin = (event: MapMouseEvent | MapTouchEvent) => {
    const now = tool();
    const isOne = !("points" in event) || event.points.length === 1;
    if (!now?.take || !isOne || !now.take(foundAt(drawn, content(), event.point))) return;
    event.preventDefault();
    const touched = event.type === "touchstart";
    const move = ({ lngLat }: MapMouseEvent | MapTouchEvent) => now.to?.([lngLat.lng, lngLat.lat]);
    const ending = new AbortController();
    const end = (how: (() => void) | undefined) => () => {
      drawn.off(touched ? "touchmove" : "mousemove", move);
      ending.abort();
      how?.();
    };
    drawn.on(touched ? "touchmove" : "mousemove", move);
    // Also where it is let go beside the map.
    const { signal } = ending;
    window.addEventListener(touched ? "touchend" : "mouseup", end(now.drop), { signal });
    // A second finger zooms, and the machine may take a touch away: neither says that this is the place.
    const leave = end(now.leave);
    window.addEventListener("touchcancel", leave, { signal });
    window.addEventListener("touchstart", ({ touches }) => touches.length > 1 && leave(), { signal });
  };
  drawn.on("mousedown", begin);
  drawn.on("touchstart", begin);
}

/** Shows other content in a source of the map. */
export const show = (drawn: Drawn, source: string, content: unknown): void =>
  void (drawn.getSource(source) as GeoJSONSource).setData(content as GeoJSON.FeatureCollection);
