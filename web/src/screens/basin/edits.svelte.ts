import type { BasinForm } from "../../server/basinForm";
import type { Cell } from "../../server/basinMap";
import type { Row } from "../../server/ask-basins";

export interface CellEdit {
  table: string;
  /** The row's key columns as they are in the version that is edited. */
  key: Row;
  column: string;
  value: Cell;
}
/** A row that comes, with all its cells, or one that goes. */
export interface RowEdit {
  table: string;
  key: Row;
  row: Row | "gone";
}
export type Edit = CellEdit | RowEdit;
export type Change = { table: string } & (
  { where: Row; set: Row } | { add: Row } | { where: Row; remove: true; with_dependents: true }
);

const placeOf = (table: string, key: Row) => `${table} ${JSON.stringify(Object.values(key))}`;

/** What was typed and is not saved yet. Rows are known by their keys: edits outlive a newer version of the basin. */
export class Edits {
  /** Steps, each of which one undoing takes back: a cell, or all that was pasted. */
  steps = $state<Edit[][]>([]);

  get count(): number {
    return this.#cells.size + this.#rows.size;
  }
  readonly #cells = $derived.by(() => {
    const cells = new Map<string, CellEdit>();
    for (const edit of this.steps.flat())
      if ("column" in edit) cells.set(`${placeOf(edit.table, edit.key)} ${edit.column}`, edit);
    return cells;
  });
  readonly #rows = $derived.by(() => {
    const rows = new Map<string, RowEdit>();
    for (const edit of this.steps.flat()) {
      if ("column" in edit) continue;
      const place = placeOf(edit.table, edit.key);
      // A row that was added here and is removed again was never there.
      if (edit.row === "gone" && rows.get(place)?.row !== undefined && rows.get(place)?.row !== "gone") rows.delete(place);
      else rows.set(place, edit);
    }
    return rows;
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
  /** Rows that were added to a table. */
  added(table: string): Row[] {
    return [...this.#rows.values()].flatMap((edit) => (edit.table === table && edit.row !== "gone" ? [edit.row] : []));
  }
  /** Whether a row is to go. */
  gone(table: string, key: Row): boolean {
    return this.#rows.get(placeOf(table, key))?.row === "gone";
  }
  /** The rows of a table as they would be, in their order: those that came stand at the end. */
  after(table: string, rows: Row[], form: BasinForm): Row[] {
    return [...rows.filter((row) => !this.gone(table, keyOf(form, table, row))), ...this.added(table)];
  }
  /** As the service takes them: one change for each row; those that come before those that go. */
  get changes(): Change[] {
    const set = new Map<string, { table: string; where: Row; set: Row }>();
    for (const { table, key, column, value } of this.#cells.values()) {
      const place = placeOf(table, key);
      if (this.#rows.has(place)) continue;
      const change = set.get(place) ?? { table, where: key, set: {} };
      change.set[column] = value;
      set.set(place, change);
    }
    const come: Change[] = [];
    const go: Change[] = [];
    for (const { table, key, row } of this.#rows.values()) {
      if (row === "gone") go.push({ table, where: key, remove: true, with_dependents: true });
      else come.push({ table, add: { ...row, ...this.#typedIn(table, key) } });
    }
    return [...set.values(), ...come, ...go];
  }
  #typedIn(table: string, key: Row): Row {
    const place = placeOf(table, key);
    const cells = [...this.#cells.values()].filter((edit) => placeOf(edit.table, edit.key) === place);
    return Object.fromEntries(cells.map(({ column, value }) => [column, value]));
  }
}

/** The key columns of a row. */
export const keyOf = (form: BasinForm, table: string, row: Row): Row =>
  Object.fromEntries((form.properties[table]?.["x-key"] ?? []).map((column) => [column, row[column] ?? null]));

export const sameKey = (a: Row, b: Row): boolean => Object.entries(a).every(([column, value]) => b[column] === value);
