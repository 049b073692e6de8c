import { describe, expect, it } from "vitest";
import { inWorld, seenFrom, type Circle } from "../src/map/covered";

/** Numbers between 0 and 1, the same in each test. */
function numbers(seed: number): () => number {
  return () => (seed = (seed * 16807) % 2147483647) / 2147483647;
}

/** Villages of a basin two degrees wide, as far apart as they happen to be. */
function basin(count: number): Circle[] {
  const next = numbers(7);
  return Array.from({ length: count }, () => {
    return { ...inWorld([104 + 2 * next(), 12 + 2 * next()]), radius: 4 + 5 * next() };
  });
}

/** Which circle is on top at each pixel of the picture of a zoom. */
function drawn(circles: Circle[], shown: (at: number) => boolean, zoom: number): Int32Array {
  const scale = 512 * 2 ** zoom;
  const [west, north] = [Math.min(...circles.map(({ x }) => x)), Math.min(...circles.map(({ y }) => y))];
  const side = Math.ceil(Math.max(...circles.map(({ x, y }) => Math.max(x - west, y - north))) * scale) + 40;
  const picture = new Int32Array(side * side).fill(-1);
  circles.forEach(({ x, y, radius }, at) => {
    if (!shown(at)) return;
    const [middle, down] = [(x - west) * scale + 20, (y - north) * scale + 20];
    for (let row = Math.floor(down - radius); row <= down + radius; row++)
      for (let column = Math.floor(middle - radius); column <= middle + radius; column++)
        if ((row + 0.5 - down) ** 2 + (column + 0.5 - middle) ** 2 <= radius ** 2) picture[row * side + column] = at;
  });
  return picture;
}

describe("circles that can be seen", () => {
  it("are all of them where there are few", () => {
    expect(seenFrom(basin(2_000)).every((zoom) => zoom === 0)).toBe(true);
  });

  it("draw the same picture as all at every zoom, and are fewer the farther one is away", () => {
    const circles = basin(4_000);
    const from = seenFrom(circles);
    const shown = (zoom: number) => from.reduce((count, seen) => count + Number(seen <= zoom), 0);
    expect(shown(5)).toBeLessThan(1_200);
    expect(shown(5)).toBeLessThan(shown(6));
    expect(shown(6)).toBeLessThan(shown(7));
    expect(shown(20)).toBe(4_000);
    for (const zoom of [5, 5.4, 6, 6.7, 7.2]) {
      const all = drawn(circles, () => true, zoom);
      const thinned = drawn(circles, (at) => from[at]! <= Math.floor(zoom), zoom);
      const others = all.reduce((count, on, at) => count + Number(on !== thinned[at]), 0);
      expect(others / all.filter((on) => on >= 0).length, `at zoom ${zoom}`).toBeLessThan(0.001);
    }
  });

  it("hides a circle under a larger one, and shows one that is drawn after it or reaches beyond it", () => {
    const place = inWorld([104, 12]);
    const over = Array.from({ length: 2_500 }, () => ({ ...place, radius: 8 }));
    expect(seenFrom([{ ...place, radius: 6 }, ...over])[0]).toBeGreaterThan(0);
    expect(seenFrom([...over, { ...place, radius: 6 }]).at(-1)).toBe(0);
    expect(seenFrom([{ ...place, radius: 10 }, ...over])[0]).toBe(0);
  });

  it("stands where the map's projection has it", () => {
    expect(inWorld([0, 0]).x).toBe(0.5);
    expect(inWorld([0, 0]).y).toBeCloseTo(0.5, 12);
    expect(inWorld([180, 85.0511287798066]).x).toBe(1);
    expect(inWorld([180, 85.0511287798066]).y).toBeCloseTo(0, 9);
  });
});
