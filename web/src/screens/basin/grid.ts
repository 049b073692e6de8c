import type { Row } from "../../server/ask-basins";
import { cellOf, type ColumnForm } from "../../server/basinForm";
import type { Cell } from "../../server/basinMap";

/** The rows in the order of a column: numbers by size, texts by letters, blanks last. */
export function sortedBy(rows: Row[], column: string, down: boolean): Row[] {
  const turn = down ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a, b] = [one[column] ?? null, other[column] ?? null];
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return turn * (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)));
  });
}

/** The cells that a spreadsheet's clip fills, from a column of the first row on; what stands beyond the table's edge is left out. */
export function pasted(
  clip: string,
  rows: Row[],
  columns: [string, ColumnForm][],
  from: string,
): { row: Row; column: string; value: Cell }[] {
  const first = columns.findIndex(([name]) => name === from);
  return clip
    .replace(/\r/g, "")
    .trimEnd()
    .split("\n")
    .flatMap((line, down) =>
      line.split("\t").flatMap((typed, right) => {
        const [row, column] = [rows[down], columns[first + right]];
        return row && column ? [{ row, column: column[0], value: cellOf(typed, column[1]) }] : [];
      }),
    );
}
