import type { components } from "../../../server/document";
import type { LevelRecord } from "../../../server/ask-explained";
import type { Level } from "../../run/levels";

export type Value = components["schemas"]["MarginalValue"];

/** Values of one kind of limit: they have one unit, so that their sizes can be laid side by side. */
export interface Kind {
  constraint: string;
  /** What one unit more is worth, and that unit: "USD of the base year", "m³/day". */
  worthIn: string;
  per: string;
  values: Value[];
}

/** The kinds of limit among values, the one worth most first; a kind's values likewise. */
export function kindsOf(values: Value[]): Kind[] {
  const found = new Map<string, Value[]>();
  for (const one of values) {
    const kind = `${one.constraint}\n${one.unit}`;
    found.set(kind, [...(found.get(kind) ?? []), one]);
  }
  return [...found.values()].map((own) => {
    const [worthIn = "", per = ""] = own[0]!.unit.split(" per ", 2);
    return { constraint: own[0]!.constraint, worthIn, per, values: own };
  });
}

/** The most that one more of a limit is worth by the name of its kind; of several units the first. */
export const mostWorth = (values: Value[]): Map<string, Value> => {
  const most = new Map<string, Value>();
  for (const one of values) if (!most.has(one.constraint)) most.set(one.constraint, one);
  return most;
};

/** How the plan and the bound of a level moved, in the level's unit; no points where the engine's unit cannot be told. */
export function convergence(level: LevelRecord): Level {
  const { solver } = level;
  const scale = ratio(solver.objective, level.value) ?? ratio(solver.bound, level.bound);
  const inUnit = (told: number | null) => (told === null || scale === null ? null : told / scale);
  const events = scale === null ? [] : solver.phases.flatMap((phase) => phase.events);
  const points = events.map((event) => ({
    objective: level.objective,
    unit: level.unit,
    phase: event.phase,
    seconds: level.began_after_seconds + event.elapsed_seconds,
    incumbent: inUnit(event.incumbent),
    bound: inUnit(event.bound),
    gap: event.gap,
  }));
  return {
    objective: level.objective,
    unit: level.unit,
    points,
    incumbent: level.value,
    bound: level.bound,
    distance: level.gap,
    gap: level.gap_share,
  };
}

const NOTHING = 1e-9;

function ratio(engine: number | null, told: number | null): number | null {
  return engine === null || told === null || Math.abs(told) < NOTHING ? null : engine / told;
}
