import type { components } from "../../server/document";

type People = components["schemas"]["AggregateAnswer"];
export interface Gain {
  title: string;
  first: number;
  other: number;
  change: number;
}

/** Less than half a person is nobody. */
const NOBODY = 0.5;

function atLeast(people: People, by: string, rung: number): Map<string, number> {
  const last = people.items.reduce((latest, row) => (String(row["stage"]) > latest ? String(row["stage"]) : latest), "");
  const persons = new Map<string, number>();
  for (const row of people.items) {
    if (String(row["stage"]) !== last) continue;
    const name = String(row[by] ?? "–");
    persons.set(name, (persons.get(name) ?? 0) + (Number(row["rung"]) >= rung ? Number(row["persons"] ?? 0) : 0));
  }
  return persons;
}

/** Persons on a rung or above in the last stage of two plans, by place or group; the largest gain first. */
export function gains(first: People, other: People, by: string, rung: number): Gain[] {
  const here = atLeast(first, by, rung);
  const there = atLeast(other, by, rung);
  return [...new Set([...here.keys(), ...there.keys()])]
    .map((title) => {
      const [before, after] = [here.get(title) ?? 0, there.get(title) ?? 0];
      const change = Math.abs(after - before) < NOBODY ? 0 : after - before;
      return { title, first: before, other: after, change };
    })
    .toSorted((a, b) => b.change - a.change);
}
