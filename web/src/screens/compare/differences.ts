import type { PlanMap } from "../../server/planMap";
import { villagesOf, worksOf, type VillageFigures } from "../../server/planMap";
import { figure } from "../../words/figures";
import { t } from "../../words/words.svelte";

/** What the plans of a comparison are called beside their titles. */
export const LETTERS = ["A", "B", "C", "D", "E", "F"] as const;
/** Mean rungs nearer to each other than this are told as equal: two decimals are shown. */
const RUNGS_ALIKE = 0.005;

export type Judgement = "better" | "worse" | "same" | "neutral";
export const SIGNS: Record<Judgement, string> = { better: "▲", worse: "▼", same: "=", neutral: "•" };

/** A judgement in a word. */
export function judged(judgement: Judgement): string {
  return {
    better: t("compare.better"),
    worse: t("compare.worse"),
    same: t("compare.same"),
    neutral: t("compare.neutral"),
  }[judgement];
}

/** A difference with its sign; of shares in points of a hundred. */
export function signed(value: number | null | undefined, unit = ""): string {
  if (value === null || value === undefined) return "–";
  const sign = value > 0 ? "+" : value < 0 ? "−" : "";
  if (unit === "share") return t("compare.points", { figure: sign + figure(Math.abs(value) * 100) });
  return sign + figure(Math.abs(value), unit);
}

/** A relative difference in per cent with its sign; nothing where the first plan's value is zero. */
export function relative(value: number | null | undefined): string {
  if (value === null || value === undefined) return "";
  return (value > 0 ? "+" : value < 0 ? "−" : "") + figure(Math.abs(value), "share");
}

type Village = VillageFigures & { mean_rung_after: number; mean_rung_before: number };
export interface VillageDifference {
  village: string;
  title: string;
  persons: number;
  first: number;
  other: number;
  direction: "up" | "down" | "same";
}

/** The mean rung of each village in two plans in the same years. */
export function villagesBetween(first: PlanMap, other: PlanMap): VillageDifference[] {
  const others = new Map(villagesOf(other).map(({ properties }) => [properties.village, properties as Village]));
  return villagesOf(first).flatMap(({ properties }) => {
    const here = properties as Village;
    const there = others.get(here.village);
    if (!there) return [];
    const change = there.mean_rung_after - here.mean_rung_after;
    const direction = Math.abs(change) < RUNGS_ALIKE ? "same" : change > 0 ? "up" : "down";
    const figures = { persons: here.persons_after, first: here.mean_rung_after, other: there.mean_rung_after };
    return [{ village: here.village, title: here.title, ...figures, direction }];
  });
}

/** Below these changes of the mean rung begin the five steps of a difference, worse to better; the middle one is the same. */
const STEPS = [-1, -RUNGS_ALIKE, RUNGS_ALIKE, 1] as const;
export const STEP_WORDS = [
  "differenceMap.muchLower",
  "differenceMap.lower",
  "differenceMap.same",
  "differenceMap.higher",
  "differenceMap.muchHigher",
] as const;
export const STEP_SIGNS = ["▼▼", "▼", "=", "▲", "▲▲"] as const;

/** Which of the five steps a change of the mean rung is: 0 much lower, 2 the same, 4 much higher. */
export function stepOf(change: number): number {
  const [muchLower, lower, higher, muchHigher] = STEPS;
  if (change <= muchLower) return 0;
  if (change <= lower) return 1;
  if (change < higher) return 2;
  return change < muchHigher ? 3 : 4;
}

/** Works of the first plan that the other does not have by then. */
export function worksOnlyIn(first: PlanMap, other: PlanMap): Set<string> {
  const there = new Set(worksOf(other).map(({ properties }) => properties.work));
  return new Set(
    worksOf(first)
      .map(({ properties }) => properties.work)
      .filter((work) => !there.has(work)),
  );
}

/** A map with some of its villages and works; rivers stay. */
export function partOf(map: PlanMap, villages: (village: string) => boolean, works: (work: string) => boolean): PlanMap {
  const shown = ({ properties }: PlanMap["features"][number]) =>
    properties.kind === "reach" || (properties.kind === "village" ? villages(properties.village) : works(properties.work));
  return { ...map, features: map.features.filter(shown) };
}
