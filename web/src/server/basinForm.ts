import type { Cell } from "./basinMap";

/** A column of a table as the schema of basins describes it. */
export interface ColumnForm {
  title: string;
  description?: string;
  type: string | string[];
  enum?: Cell[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  default?: Cell;
  "x-unit"?: string;
  /** The unit in the reader's language. */
  "x-unit-title"?: string;
  "x-refers-to"?: string[];
}
export interface TableForm {
  title: string;
  description: string;
  "x-key": string[];
  items: { properties: Record<string, ColumnForm> };
}
export interface BasinForm {
  properties: Record<string, TableForm> & { basin?: never };
}

export type Kind = "number" | "boolean" | "choice" | "text";

export function kindOf(column: ColumnForm): Kind {
  if (column.enum) return "choice";
  const types = [column.type].flat();
  if (types.includes("boolean")) return "boolean";
  return types.includes("number") || types.includes("integer") ? "number" : "text";
}

/** What was typed as a cell; a number that is none stays text, so that the check can say so. */
export function cellOf(typed: string, column: ColumnForm): Cell {
  const text = typed.trim();
  if (text === "") return null;
  const kind = kindOf(column);
  if (kind === "boolean") return text === "true" ? true : text === "false" ? false : text;
  return kind === "number" && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** What a column allows, as a range: "0 – 1". Empty where there is no bound. */
export function rangeOf(column: ColumnForm): string {
  const low = column.minimum ?? column.exclusiveMinimum;
  const high = column.maximum ?? column.exclusiveMaximum;
  const above = column.exclusiveMinimum === undefined ? "≥" : ">";
  const below = column.exclusiveMaximum === undefined ? "≤" : "<";
  return [
    low === undefined || low <= -1e12 ? "" : `${above} ${low}`,
    high === undefined || high >= 1e12 ? "" : `${below} ${high}`,
  ]
    .filter(Boolean)
    .join(", ");
}

/** What was typed for the columns of a new row; what was left blank is left out, and takes its default. */
export const rowTyped = (typed: Record<string, string>, columns: [string, ColumnForm][]): Record<string, Cell> =>
  Object.fromEntries(
    columns.map(([name, column]) => [name, cellOf(typed[name] ?? "", column)] as const).filter(([, value]) => value !== null),
  );
