import { browserSpeaks, written } from "./figures";
import { language, t } from "./words.svelte";

const OWN = { second: "short.second", minute: "short.minute", hour: "short.hour" };
const part = (value: number, unit: "second" | "minute" | "hour") =>
  browserSpeaks(language.now)
    ? new Intl.NumberFormat(language.now, { style: "unit", unit, unitDisplay: "short" }).format(value)
    : t(OWN[unit], { figure: written(value) });

/** A span of time as people read it: 45 sec; 2 min 5 sec; 1 hr 12 min. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return part(whole, "second");
  if (whole < 3600)
    return [part(Math.floor(whole / 60), "minute"), ...(whole % 60 ? [part(whole % 60, "second")] : [])].join(" ");
  const minutes = Math.floor((whole % 3600) / 60);
  return [part(Math.floor(whole / 3600), "hour"), ...(minutes ? [part(minutes, "minute")] : [])].join(" ");
}
