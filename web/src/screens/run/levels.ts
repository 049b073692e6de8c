import type { Point } from "../../server/runNews.svelte";

/** What is known of an aim: its points, and its best plan, bound and gap by now. */
export interface Level {
  objective: string;
  unit: string;
  points: Point[];
  incumbent: number | null;
  bound: number | null;
  /** What the best plan may be above the best possible, in the aim's unit, and as a share. */
  distance: number | null;
  gap: number | null;
}

/** The aims that a run has come to, in the order in which it sought them. */
export function levels(points: readonly Point[]): Level[] {
  const found = new Map<string, Point[]>();
  for (const point of points) found.set(point.objective, [...(found.get(point.objective) ?? []), point]);
  return [...found].map(([objective, own]) => {
    const last = own.at(-1);
    const incumbent = last?.incumbent ?? null;
    const bound = last?.bound ?? null;
    const distance = incumbent === null || bound === null ? null : Math.max(incumbent - bound, 0);
    return { objective, unit: last?.unit ?? "", points: own, incumbent, bound, distance, gap: last?.gap ?? null };
  });
}

const LEAST_POINTS = 3;
const AT_MOST_SECONDS = 86_400;

/**
 * Seconds until the gap suffices, if it goes on closing as in the second half of the time so far; null where that cannot
 * be said. The logarithm of the gap is taken to fall evenly, as it mostly does in branch and bound.
 */
export function secondsToGap(level: Level, suffices: number): number | null {
  const known = level.points.filter((point) => point.gap !== null && point.gap > 0);
  const last = known.at(-1);
  if (!last || known.length < LEAST_POINTS || suffices <= 0 || (last.gap ?? 0) <= suffices) return null;
  const first = known.find((point) => point.seconds >= last.seconds / 2) ?? last;
  const [before, now] = [Math.log(first.gap ?? 1), Math.log(last.gap ?? 1)];
  if (now >= before || last.seconds <= first.seconds) return null;
  const seconds = ((now - Math.log(suffices)) / (before - now)) * (last.seconds - first.seconds);
  return seconds <= AT_MOST_SECONDS ? seconds : null;
}
