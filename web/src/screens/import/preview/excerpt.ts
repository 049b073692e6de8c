import type { Finding } from "../../../server/basinFile";
import type { Opened } from "./opened";
import { lettersOf } from "./workbook";

/** A few rows of a file around a finding. */
export interface Excerpt {
  /** Above the header: the letters of a sheet's columns; empty where columns have none. */
  letters: string[];
  header: string[];
  rows: { line: number; cells: string[] }[];
  /** The line and the column that the finding is about, as far as it says; the column by its place from 0. */
  line: number | null;
  column: number;
}

const AROUND = 3;

/** The rows around what a finding is about; undefined where the file has no such table. */
export async function excerptOf(file: Opened, finding: Finding): Promise<Excerpt | undefined> {
  const { table, column } = finding;
  const row = file.lineOf(finding);
  const cells = table ? await file.table(table) : undefined;
  if (!cells) return undefined;
  const settings = table === "basin";
  const width = Math.max(...cells.map((line) => line.length), 1);
  const header = settings ? [] : (cells[0] ?? []);
  const known = settings && !row ? cells.findIndex(([key]) => key === column || key?.startsWith(`${column}:`)) + 1 : row;
  const line = known || null;
  const first = Math.max(settings ? 1 : 2, (line ?? 0) - AROUND);
  const rows = cells.slice(first - 1, (line ?? first) + AROUND).map((one, at) => ({
    line: first + at,
    cells: Array.from({ length: width }, (_, place) => one[place] ?? ""),
  }));
  return {
    letters: file.lettered ? Array.from({ length: width }, (_, place) => lettersOf(place)) : [],
    header: Array.from({ length: settings ? 0 : width }, (_, place) => header[place] ?? ""),
    rows,
    line,
    column: settings ? width - 1 : column ? header.findIndex((name) => name.trim() === column) : -1,
  };
}
