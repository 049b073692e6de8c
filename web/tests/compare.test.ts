import { describe, expect, it } from "vitest";
import { partOf, villagesBetween, worksOnlyIn } from "../src/screens/compare/differences";
import { gains } from "../src/screens/compare/gains";
import type { PlanMap } from "../src/server/planMap";

describe("who gains and who loses", () => {
  const people = (rows: [string, string, number, number][]) => ({
    table: "service",
    columns: [],
    items: rows.map(([place, stage, rung, persons]) => ({ place, stage, rung, persons })),
  });
  const first = people([
    ["Ta Veng", "stage_1", 3, 500],
    ["Ta Veng", "stage_2", 2, 100],
    ["Ta Veng", "stage_2", 3, 40],
    ["Lumphat", "stage_2", 4, 80],
  ]);
  const other = people([
    ["Ta Veng", "stage_2", 3, 90],
    ["Ta Veng", "stage_2", 4, 30],
    ["Lumphat", "stage_2", 2, 80],
    ["Malik", "stage_2", 5, 7],
  ]);

  it("counts the people on a rung or above in the last stage alone", () => {
    expect(gains(first, other, "place", 3)[0]).toEqual({ title: "Ta Veng", first: 40, other: 120, change: 80 });
  });
  it("puts the largest gain first and the largest loss last", () => {
    expect(gains(first, other, "place", 3).map((row) => row.title)).toEqual(["Ta Veng", "Malik", "Lumphat"]);
  });
  it("calls less than half a person nobody", () => {
    const nearly = people([["Ta Veng", "stage_2", 3, 40.3]]);
    expect(gains(people([["Ta Veng", "stage_2", 3, 40]]), nearly, "place", 3)[0]?.change).toBe(0);
  });
});

describe("where two plans differ", () => {
  const map = (rungs: Record<string, number>, works: string[]): PlanMap =>
    ({
      type: "FeatureCollection",
      stage: "stage_2",
      stages: [],
      features: [
        ...Object.entries(rungs).map(([village, rung]) => ({
          type: "Feature",
          geometry: { type: "Point", coordinates: [107, 13] },
          properties: { kind: "village", village, title: village, persons_after: 100, mean_rung_after: rung },
        })),
        ...works.map((work) => ({
          type: "Feature",
          geometry: { type: "Point", coordinates: [107, 13] },
          properties: { kind: "work", work, title: work },
        })),
        { type: "Feature", geometry: { type: "LineString", coordinates: [] }, properties: { kind: "reach", reach: "srepok" } },
      ],
    }) as unknown as PlanMap;
  const first = map({ high: 4, low: 2, same: 3 }, ["well", "pipe"]);
  const other = map({ high: 3.5, low: 2.5, same: 3.001 }, ["pipe", "plant"]);

  it("says of each village whether its people stand higher or lower, and not what two decimals do not show", () => {
    const directions = villagesBetween(first, other).map((village) => [village.village, village.direction]);
    expect(directions).toEqual([
      ["high", "down"],
      ["low", "up"],
      ["same", "same"],
    ]);
  });
  it("finds the works that one plan alone has", () => {
    expect([...worksOnlyIn(first, other)]).toEqual(["well"]);
    expect([...worksOnlyIn(other, first)]).toEqual(["plant"]);
  });
  it("filters villages and works, and keeps the rivers", () => {
    const part = partOf(
      first,
      (village) => village === "low",
      () => false,
    );
    expect(part.features.map((feature) => feature.properties.kind)).toEqual(["village", "reach"]);
  });
});
