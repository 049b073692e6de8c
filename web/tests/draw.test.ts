import { describe, expect, test } from "vitest";
import { beside, metresBetween, stepAt } from "../src/screens/basin/draw/distance";
import { detourOf, lengthsAfter } from "../src/screens/basin/draw/lengths";
import { cellsOf } from "../src/screens/import/preview/csv";
import type { BasinMap, Place } from "../src/server/basinMap";

const node = (name: string, longitude: number): Place => ({
  type: "Feature",
  id: `villages/${name}`,
  geometry: { type: "Point", coordinates: [longitude, 13] },
  properties: { table: "villages", village: name } as Place["properties"],
});
const link = (name: string, from_node: string, to_node: string, length_km: number): Place => ({
  type: "Feature",
  id: `links/${name}`,
  geometry: { type: "LineString", coordinates: [] },
  properties: { table: "links", link: name, from_node, to_node, length_km } as Place["properties"],
});
const mapOf = (...features: Place[]): BasinMap => ({ type: "FeatureCollection", name: "", left_out: {}, features });

describe("distances", () => {
  test("a degree of latitude is about 111 km", () => {
    expect(metresBetween([107, 13], [107, 14])).toBeCloseTo(111_195, -2);
  });
  test("a step to the east is as long as it says", () => {
    const from: [number, number] = [107, 13.7];
    expect(metresBetween(from, beside(from, 500, 0))).toBeCloseTo(500, -1);
  });
  test("a step is a round number of metres, smaller the nearer one looks", () => {
    expect([6, 9, 12, 15, 22].map((zoom) => stepAt(zoom, 13))).toEqual([5000, 500, 50, 10, 2]);
  });
});

describe("lengths after a move", () => {
  const before = mapOf(node("a", 107), node("b", 107.1), node("c", 107.2), link("ab", "a", "b", 14), link("bc", "b", "c", 12));
  test("scale with the straight distance, and only where an end was moved", () => {
    const after = mapOf(node("a", 106.9), node("b", 107.1), node("c", 107.2), link("ab", "a", "b", 14), link("bc", "b", "c", 12));
    expect(lengthsAfter(before, after).map(({ link, now, then }) => [link.id, now, then])).toEqual([["links/ab", 14, 28]]);
  });
  test("are not asked about once they are taken", () => {
    const taken = mapOf(node("a", 106.9), node("b", 107.1), node("c", 107.2), link("ab", "a", "b", 28), link("bc", "b", "c", 12));
    expect(lengthsAfter(before, taken)).toEqual([]);
  });
  test("two links are too few to tell a detour by, three give the middle one", () => {
    expect(detourOf(before)).toBe(1);
    const three = mapOf(...before.features, link("ac", "a", "c", 26));
    expect(detourOf(three)).toBeCloseTo(26 / (metresBetween([107, 13], [107.2, 13]) / 1000), 6);
  });
});

test("cells of a CSV file may hold commas, quotes and line ends", () => {
  expect(cellsOf('a,b\r\n"x, ""y""","two\nlines"\r\n1,')).toEqual([
    ["a", "b"],
    ['x, "y"', "two\nlines"],
    ["1", ""],
  ]);
});
