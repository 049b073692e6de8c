import type { BasinForm } from "../../server/basinForm";
import type { Cell } from "../../server/basinMap";
import type { Row } from "../../server/ask-basins";

export interface Edit {
  table: string;
  /** The row's key columns as they are in the version that is edited. */
  key: Row;
  column: string;
  value: Cell;
}
export interface Change {
  table: string;
  where: Row;
  set: Row;
}

const placeOf = (table: string, key: Row) => `${table} ${JSON.stringify(Object.values(key))}`;

/** What was typed and is not saved yet. Rows are known by their keys: edits outlive a newer version of the basin. */
export class Edits {
  /** Steps, each of which one undoing takes back: a cell, or all that was pasted. */
  steps = $state<Edit[][]>([]);

  get count(): number {
    return this.#cells.size;
  }
  readonly #cells = $derived.by(() => {
    const cells = new Map<string, Edit>();
    for (const edit of this.steps.flat()) cells.set(`${placeOf(edit.table, edit.key)} ${edit.column}`, edit);
    return cells;
  });

  add(step: Edit[]): void {
    if (step.length) this.steps.push(step);
  }
  undo(): void {
    this.steps.pop();
  }
  clear(): void {
    this.steps = [];
  }
  /** The edited value of a cell; undefined where it is as it was. */
  of(table: string, key: Row, column: string): Cell | undefined {
    return this.#cells.get(`${placeOf(table, key)} ${column}`)?.value;
  }
  /** As the service takes them: one change for each row. */
  get changes(): Change[] {
    const rows = new Map<string, Change>();
    for (const { table, key, column, value } of this.#cells.values()) {
      const place = placeOf(table, key);
      const change = rows.get(place) ?? { table, where: key, set: {} };
      change.set[column] = value;
      rows.set(place, change);
    }
    return [...rows.values()];
  }
}

/** The key columns of a row. */
export const keyOf = (form: BasinForm, table: string, row: Row): Row =>
  Object.fromEntries((form.properties[table]?.["x-key"] ?? []).map((column) => [column, row[column] ?? null]));

export const sameKey = (a: Row, b: Row): boolean => Object.entries(a).every(([column, value]) => b[column] === value);
