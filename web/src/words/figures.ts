import { digitsOf, signsOf } from "./signs";
import { language, t } from "./words.svelte";

/** Some browsers have no Khmer, Lao and Burmese: what they write then has English words in it. */
export const browserSpeaks = (name: string) => Intl.NumberFormat.supportedLocalesOf(name).length > 0;

/** A number in the digits and signs of the chosen language, also where the browser does not know them. */
export function written(value: number, options: Intl.NumberFormatOptions = {}): string {
  if (browserSpeaks(language.now)) return new Intl.NumberFormat(language.now, options).format(value);
  return signsOf(new Intl.NumberFormat("en", options).format(value), language.now);
}

/** A figure as people read it in the chosen language: three digits that count, never an exponent. */
export function figure(value: number | null | undefined, unit = ""): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (unit === "share") {
    const digits = size < 0.001 ? 3 : 1;
    return written(value, { style: "percent", maximumFractionDigits: digits });
  }
  const digits = size >= 100 || Number.isInteger(value) ? 0 : size >= 1 ? 1 : 3;
  const text = written(value, { maximumFractionDigits: digits, signDisplay: "negative" });
  return unit ? `${text} ${unitInWords(unit)}` : text;
}

/** A large figure in short: 19.2 million. */
export function short(value: number | null | undefined, unit = ""): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const text = browserSpeaks(language.now)
    ? new Intl.NumberFormat(language.now, { notation: "compact", compactDisplay: "long", maximumFractionDigits: 1 }).format(value)
    : ownShort(value);
  return unit ? `${text} ${unitInWords(unit)}` : text;
}

/** A moment as day and time of the reader's place. */
export function moment(time: string): string {
  const at = new Date(time);
  if (browserSpeaks(language.now))
    return new Intl.DateTimeFormat(language.now, { dateStyle: "medium", timeStyle: "short" }).format(at);
  return digitsOf(new Intl.DateTimeFormat("en-GB", { dateStyle: "short", timeStyle: "short" }).format(at), language.now);
}

/** A sentence of the service whose figures stay on one line with their percent signs. */
export const unbroken = (sentence: string) => sentence.replaceAll(" %", "\u00a0%");

function ownShort(value: number): string {
  const size = Math.abs(value);
  const counted = (unit: number) => written(value / unit, { maximumFractionDigits: 1 });
  if (size >= 999_950_000) return t("short.billion", { figure: counted(1e9) });
  if (size >= 999_950) return t("short.million", { figure: counted(1e6) });
  if (size >= 1000) return t("short.thousand", { figure: counted(1000) });
  return counted(1);
}

/** A unit's name: those that are words are translated, symbols stay. */
export function unitInWords(unit: string): string {
  const key = `units.${unit}`;
  const word = t(key);
  return word === key ? unit : word;
}
