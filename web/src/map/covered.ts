/** A circle on the map: where its middle is, as shares of the world's square, and its radius in pixels, with its edge. */
export interface Circle {
  x: number;
  y: number;
  radius: number;
}

/** The width of the world at zoom 0, in pixels. */
const WORLD = 512;
/** So few circles cost no time, wherever they lie. */
const FEW = 2_000;
/** The largest picture that is looked through, in pixels; what lies closer is looked at in smaller ones only. */
const MOST_PIXELS = 8_000_000;
const SOFT_EDGE = 0.5;

/** Longitude and latitude in degrees as shares of the world's square, as the map's projection (Web Mercator) has them. */
export function inWorld([longitude, latitude]: readonly [number, number]): { x: number; y: number } {
  const angle = (latitude * Math.PI) / 180;
  return { x: (longitude + 180) / 360, y: (1 - Math.log(Math.tan(angle) + 1 / Math.cos(angle)) / Math.PI) / 2 };
}

/**
 * Of circles that are drawn one over the other, the last on top, the whole zoom from which each can be seen: below it
 * others hide it wholly, so that it need not be drawn. With few circles, each can be seen from zoom 0.
 *
 * The tiles of a whole zoom are drawn up to the next one, where circles lie further apart: what counts is that one.
 */
export function seenFrom(circles: readonly Circle[]): Uint8Array {
  const from = new Uint8Array(circles.length);
  if (circles.length <= FEW) return from;
  const [west, east] = extremes(circles, "x");
  const [north, south] = extremes(circles, "y");
  const margin = 2 * Math.ceil(circles.reduce((most, circle) => Math.max(most, circle.radius), 0) + 1);
  const sizeAt = (zoom: number) => {
    const scale = WORLD * 2 ** (zoom + 1);
    const width = Math.ceil((east - west) * scale) + 2 * margin;
    return { scale, width, pixels: width * (Math.ceil((south - north) * scale) + 2 * margin) };
  };
  let top = 0;
  while (top < 20 && sizeAt(top).pixels <= MOST_PIXELS) top++;
  from.fill(top);
  for (let zoom = top - 1; zoom >= 0; zoom--) {
    const { scale, width, pixels } = sizeAt(zoom);
    const taken = new Uint8Array(pixels);
    for (let at = circles.length - 1; at >= 0; at--) {
      if (from[at] !== zoom + 1) continue;
      const { x, y, radius } = circles[at]!;
      const middle = { x: (x - west) * scale + margin, y: (y - north) * scale + margin };
      if (!isFree(taken, width, middle.x, middle.y, radius + SOFT_EDGE)) continue;
      from[at] = zoom;
      take(taken, width, middle.x, middle.y, radius - SOFT_EDGE);
    }
  }
  return from;
}

/** The least and the largest of a coordinate. */
function extremes(circles: readonly Circle[], name: "x" | "y"): [number, number] {
  let [least, largest] = [Infinity, -Infinity];
  for (const circle of circles) {
    least = Math.min(least, circle[name]);
    largest = Math.max(largest, circle[name]);
  }
  return [least, largest];
}

/** Whether a pixel of a circle is not taken yet. */
function isFree(taken: Uint8Array, width: number, x: number, y: number, radius: number): boolean {
  for (let row = Math.ceil(y - radius - 0.5); row + 0.5 <= y + radius; row++) {
    const half = Math.sqrt(Math.max(0, radius ** 2 - (row + 0.5 - y) ** 2));
    for (let column = Math.ceil(x - half - 0.5); column + 0.5 <= x + half; column++)
      if (!taken[row * width + column]) return true;
  }
  return false;
}

function take(taken: Uint8Array, width: number, x: number, y: number, radius: number): void {
  for (let row = Math.ceil(y - radius - 0.5); row + 0.5 <= y + radius; row++) {
    const half = Math.sqrt(Math.max(0, radius ** 2 - (row + 0.5 - y) ** 2));
    const [first, last] = [Math.ceil(x - half - 0.5), Math.floor(x + half - 0.5)];
    if (last >= first) taken.fill(1, row * width + first, row * width + last + 1);
  }
}
