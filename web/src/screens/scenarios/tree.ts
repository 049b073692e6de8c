import type { ScenarioInList } from "../../server/ask-scenarios";

export interface Branch {
  scenario: ScenarioInList;
  parent: ScenarioInList | null;
  depth: number;
}

export const titleOf = (scenario: { title: string; name: string }): string => scenario.title || scenario.name;

/** Scenarios in the order of their tree, the oldest first among brothers; one whose parent is not there stands as a root. */
export function tree(list: readonly ScenarioInList[]): Branch[] {
  const known = new Map(list.map((scenario) => [scenario.id, scenario]));
  const below = new Map<string | null, ScenarioInList[]>();
  for (const scenario of [...list].sort((one, other) => one.created_at.localeCompare(other.created_at))) {
    const parent = scenario.parent_id !== null && known.has(scenario.parent_id) ? scenario.parent_id : null;
    below.set(parent, [...(below.get(parent) ?? []), scenario]);
  }
  const walk = (parent: string | null, depth: number): Branch[] =>
    (below.get(parent) ?? []).flatMap((scenario) => [
      { scenario, parent: parent === null ? null : (known.get(parent) ?? null), depth },
      ...walk(scenario.id, depth + 1),
    ]);
  return walk(null, 0);
}
