import { figure } from "../../words/figures";
import { t } from "../../words/words.svelte";

/** An amount of an aim in its unit, said in words where the unit is one. */
export function amount(value: number | null, unit: string): string {
  if (value === null) return "–";
  if (unit === "USD of the base year") return t("run.usd", { figure: figure(Math.round(value)) });
  if (unit === "persons") return figure(Math.round(value), unit);
  return figure(value, unit);
}

/** The name of an aim. */
export const aim = (objective: string): string => {
  const name = t(`aims.${objective}`);
  return name === `aims.${objective}` ? objective.replaceAll("_", " ") : name;
};

/** A unit's name, for an axis. */
export function unitOf(unit: string): string {
  if (unit === "USD of the base year") return t("run.usd", { figure: "" }).trim();
  const name = t(`units.${unit}`);
  return name === `units.${unit}` ? unit : name;
}
