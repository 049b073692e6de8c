import { language, t } from "./words.svelte";

/** A figure as people read it in the chosen language: three digits that count, never an exponent. */
export function figure(value: number | null | undefined, unit = ""): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  if (unit === "share") return new Intl.NumberFormat(language.now, { style: "percent", maximumFractionDigits: 1 }).format(value);
  const size = Math.abs(value);
  const digits = size >= 100 || Number.isInteger(value) ? 0 : size >= 1 ? 1 : 3;
  const text = new Intl.NumberFormat(language.now, { maximumFractionDigits: digits }).format(value);
  return unit ? `${text} ${inWords(unit)}` : text;
}

/** A large figure in short: 19.2 million. */
export function short(value: number | null | undefined, unit = ""): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const text = new Intl.NumberFormat(language.now, {
    notation: "compact",
    compactDisplay: "long",
    maximumFractionDigits: 1,
  }).format(value);
  return unit ? `${text} ${inWords(unit)}` : text;
}

/** A moment as day and time of the reader's place. */
export function moment(time: string): string {
  return new Intl.DateTimeFormat(language.now, { dateStyle: "medium", timeStyle: "short" }).format(new Date(time));
}

/** A unit's name: those that are words are translated, symbols stay. */
function inWords(unit: string): string {
  const key = `units.${unit}`;
  const word = t(key);
  return word === key ? unit : word;
}
