import { getContext, setContext } from "svelte";
import { figure, unitInWords } from "../../words/figures";
import { t } from "../../words/words.svelte";

const YEAR = Symbol("base year");
const MONEY = "USD of the base year";

/** Amounts below this component are told at prices of that year; call it while the component is made. */
export const tellAtPricesOf = (year: () => number | null | undefined) => setContext(YEAR, year);

/** How amounts and units are told here, money with the year of its prices where it is known; call it while a component is made. */
export function amounts() {
  const year = getContext<(() => number | null | undefined) | undefined>(YEAR);
  const money = (said: string) => {
    const known = year?.();
    return known ? t("run.usdOf", { figure: said, year: known }).trim() : t("run.usd", { figure: said }).trim();
  };
  return {
    /** An amount of an aim in its unit, said in words where the unit is one. */
    amount(value: number | null, unit: string): string {
      if (value === null) return "–";
      if (unit === MONEY) return money(figure(Math.round(value)));
      if (unit === "persons") return figure(Math.round(value), unit);
      return figure(value, unit);
    },
    /** A unit's name, for an axis. */
    unitOf(unit: string): string {
      if (unit === MONEY) return money("");
      return unitInWords(unit);
    },
  };
}

/** The name of an aim. */
export const aim = (objective: string): string => {
  const [, family = objective, level] = /^(below_rung|leximin|lorenz|owa)_(\d+)$/.exec(objective) ?? [];
  const name = t(`aims.${family}`, { rung: level });
  if (name === `aims.${family}`) return objective.replaceAll("_", " ");
  return level && family !== "below_rung" ? `${name} (${level})` : name;
};
