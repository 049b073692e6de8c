import type { Resolved } from "../../server/ask-scenarios";

export type Origin =
  { kind: "unsaved" } | { kind: "own" } | { kind: "default" } | { kind: "inherited"; id: string; title: string };

export const same = (one: unknown, other: unknown): boolean => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

/** A value whose objects have their keys in order, so that equal values are written equally. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}

/** Where a part of a policy is from: edited just now, this scenario's, one that it comes from, or what holds without a word. */
export function originOf(name: string, given: unknown, resolved: Resolved, parent: Resolved | null, byDefault: unknown): Origin {
  const kept = (policy: Resolved["policy"]) => (policy as unknown as Record<string, unknown>)[name];
  if (!same(given, kept(resolved.policy))) return { kind: "unsaved" };
  const before = parent ? kept(parent.policy) : byDefault;
  if (!same(given, before)) return { kind: "own" };
  const source = parent?.lineage.find((ancestor) => ancestor.id === parent.policy_from);
  if (!source || same(given, byDefault)) return { kind: "default" };
  return { kind: "inherited", id: source.id, title: source.title || source.name };
}
