import type { Row } from "../../server/ask-plan";

/** Sums of a measure over the rows by a column's text, those above zero, the largest first. */
export function sumsBy(rows: Row[], column: string, measure: string): { title: string; value: number }[] {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const title = String(row[column]);
    sums.set(title, (sums.get(title) ?? 0) + Number(row[measure] ?? 0));
  }
  return [...sums]
    .map(([title, value]) => ({ title, value }))
    .filter(({ value }) => value > 0)
    .toSorted((a, b) => b.value - a.value);
}

/** Persons on a rung or above, and all persons, of rows of the service in one stage. */
export function servedIn(rows: Row[], stage: string, rung: number): { persons: number; all: number } {
  const here = rows.filter((row) => row["stage"] === stage);
  const persons = (of: Row[]) => of.reduce((sum, row) => sum + Number(row["persons"] ?? 0), 0);
  return { persons: persons(here.filter((row) => Number(row["rung"]) >= rung)), all: persons(here) };
}

/** Present value of what is paid: capital and running costs less what outlives the horizon. What is given up nobody pays. */
export function presentValue(rows: Row[]): number {
  const signs: Record<string, number> = { capital: 1, running: 1, residual: -1 };
  return rows.reduce((sum, row) => sum + (signs[String(row["item"])] ?? 0) * Number(row["present_value_usd"] ?? 0), 0);
}

/** The largest sum of one of the periods that `column` names together: stage, season and member. */
export function worstPeriod(
  rows: Row[],
  measure: string,
  stage: string,
): { value: number; season: string; member: string } | null {
  const worst = rows
    .filter((row) => row["stage"] === stage && Number(row[measure] ?? 0) > 0)
    .toSorted((a, b) => Number(b[measure]) - Number(a[measure]))[0];
  return worst
    ? { value: Number(worst[measure]), season: String(worst["season_title"]), member: String(worst["member_title"]) }
    : null;
}
