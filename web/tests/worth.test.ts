import { describe, expect, it } from "vitest";
import { convergence, kindsOf, mostWorth, type Value } from "../src/screens/plan/explained/worth";
import type { LevelRecord } from "../src/server/ask-explained";

const value = (constraint: string, unit: string, worth: number): Value => ({
  constraint,
  unit,
  value: worth,
  place: `${constraint} ${worth}`,
  place_title: "",
  sentence: "",
});

const level = (more: Partial<LevelRecord>): LevelRecord => ({
  order: 1,
  objective: "cost",
  value: 19_410_000,
  bound: 18_576_000,
  unit: "USD of the base year",
  gap: 834_000,
  gap_share: 0.043,
  gap_share_of: "the value",
  began_after_seconds: 10,
  conditional_on: [],
  solver: {
    status: "time_limit",
    objective: 19_410,
    bound: 18_576,
    wall_seconds: 40,
    cpu_seconds: 40,
    phases: [{ events: [{ phase: "guided", elapsed_seconds: 5, incumbent: 24_000, bound: null, gap: null }] }],
  },
  ...more,
});

describe("marginal values", () => {
  it("are laid side by side only where they have one unit", () => {
    const kinds = kindsOf([
      value("Channel", "USD of the base year per USD", 3),
      value("Yield", "USD of the base year per m³/day", 2),
      value("Channel", "USD of the base year per USD", 1),
    ]);
    expect(kinds.map((kind) => [kind.constraint, kind.worthIn, kind.per, kind.values.length])).toEqual([
      ["Channel", "USD of the base year", "USD", 2],
      ["Yield", "USD of the base year", "m³/day", 1],
    ]);
  });

  it("of a kind are worth at most the first", () => {
    expect(mostWorth([value("Yield", "USD per m³/day", 2), value("Yield", "USD per m³/day", 1)]).get("Yield")?.value).toBe(2);
  });
});

describe("the way of plan and bound", () => {
  it("is told in the aim's own unit, from the start of the whole search", () => {
    const [point] = convergence(level({})).points;
    expect(point?.incumbent).toBeCloseTo(24_000_000);
    expect(point?.seconds).toBe(15);
    expect(point?.bound).toBeNull();
  });

  it("has no points where the engine's unit cannot be told: an aim of nothing", () => {
    const solver = { ...level({}).solver, objective: 0, bound: 0 };
    expect(convergence(level({ value: 0, bound: 0, solver })).points).toEqual([]);
  });
});
