import { written } from "../../words/figures";
import { t } from "../../words/words.svelte";
import type { Fault } from "../../server/trouble";

/** JSON Schema (draft 2020-12) as the service writes it, in the parts that a form follows. */
export interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  type?: string;
  anyOf?: Schema[];
  enum?: string[];
  title?: string;
  description?: string;
  default?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minItems?: number;
  maxItems?: number;
  maxLength?: number;
  pattern?: string;
  examples?: unknown[];
  "x-unit"?: string;
  /** The unit in the reader's language. */
  "x-unit-title"?: string;
  "x-refers-to"?: string[];
}

export type Plain = Record<string, unknown>;

export interface Choice {
  value: string;
  title: string;
}

/** What every field of a form needs to know: the whole schema, what is wrong where, and what names may be given. */
export interface Form {
  root: Schema;
  faults: Fault[];
  /** The rows of a table that a field may name. */
  names?: Record<string, Choice[]>;
}

/** A schema with its reference followed and its null taken off; what stands beside a reference counts. */
export function resolved(schema: Schema, root: Schema): Schema & { nullable: boolean } {
  let found = schema;
  let nullable = false;
  if (found.anyOf) {
    nullable = found.anyOf.some((one) => one.type === "null");
    const { anyOf, ...beside } = found;
    found = { ...(anyOf.find((one) => one.type !== "null") ?? {}), ...beside };
  }
  if (found.$ref) {
    const { $ref, ...beside } = found;
    found = { ...(root.$defs?.[$ref.split("/").at(-1) ?? ""] ?? {}), ...beside };
  }
  return { ...found, nullable };
}

/** What a new item starts with: every default, blanks where something must be given. */
export function blank(schema: Schema, root: Schema): unknown {
  const own = resolved(schema, root);
  if (own.default !== undefined) return structuredClone(own.default);
  if (own.properties)
    return Object.fromEntries(Object.entries(own.properties).map(([name, inner]) => [name, blank(inner, root)]));
  if (own.nullable) return null;
  if (own.enum) return own.enum[0];
  if (own.type === "array") return [];
  if (own.type === "boolean") return false;
  if (own.type === "number" || own.type === "integer") return own.minimum ?? 0;
  return "";
}

/** The faults at a place itself. */
export const faultsAt = (form: Form, pointer: string): Fault[] => form.faults.filter((fault) => fault.pointer === pointer);

/** Whether anything is wrong at a place or inside it. */
export const faultyWithin = (form: Form, pointer: string): boolean =>
  form.faults.some((fault) => fault.pointer === pointer || fault.pointer?.startsWith(`${pointer}/`));

/** A value of an enumeration in words; the most special wording that there is: by place, by field, by value. */
export function choiceInWords(pointer: string, value: string): string {
  const names = pointer.split("/").filter((part) => part && !/^\d+$/.test(part));
  const own = names.at(-1) ?? "";
  const outer = names.at(-2) ?? "";
  for (const key of [`choices.${outer}_${own}_${value}`, `choices.${own}_${value}`, `choices.${value}`, `aims.${value}`]) {
    const words = t(key);
    if (words !== key) return words;
  }
  return value.replaceAll("_", " ");
}

/** What stands between a value and its meaning: the colon of each script, a dash in Burmese. */
const MEANS = "(?=:|：|៖| - )";

/** Help in which the values of an enumeration are called as the form calls them. */
export function helpInWords(schema: Schema, pointer: string): string {
  let help = schema.description ?? "";
  for (const value of schema.enum ?? [])
    help = help.replace(new RegExp(`\\b${value}${MEANS}`), () => choiceInWords(pointer, value));
  return help;
}

/** What may be given, such as `0 – 100 %`. */
export function rangeInWords(schema: Schema, scale: number): string {
  const show = (limit: number) => written(limit * scale, { maximumSignificantDigits: 12 });
  const low = schema.minimum ?? schema.exclusiveMinimum;
  const high = schema.maximum ?? schema.exclusiveMaximum;
  const above = schema.minimum === undefined && schema.exclusiveMinimum !== undefined;
  // A limit that only keeps out what nobody means is not worth reading.
  const telling = high !== undefined && high < 1e9;
  if (low !== undefined && low <= -1e9) return telling ? `≤ ${show(high)}` : "";
  if (low !== undefined && telling) return `${show(low)} – ${show(high)}`;
  if (low !== undefined) return `${above ? ">" : "≥"} ${show(low)}`;
  return telling ? `≤ ${show(high)}` : "";
}
