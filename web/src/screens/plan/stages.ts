import type { components } from "../../server/document";

export type Indicator = components["schemas"]["IndicatorAnswer"];

export interface Stage {
  name: string;
  years: string;
}

const PEOPLE = /^people_at_rung_1_or_above_(.+?)$/;

/** The stages in order with their years, as the indicators of people name them. */
export function stagesOf(list: Indicator[]): Stage[] {
  return list.flatMap(({ name, title }) => {
    const stage = PEOPLE.exec(name)?.[1];
    return stage && !stage.endsWith("_if_nothing_is_built") ? [{ name: stage, years: title.split(", ").at(-1) ?? stage }] : [];
  });
}

/** The value of an indicator; null where the plan has none. */
export function valueOf(list: Indicator[], name: string): number | null {
  return list.find((indicator) => indicator.name === name)?.value ?? null;
}
