import type { components } from "../../server/document";

export type Indicator = components["schemas"]["IndicatorAnswer"];

/** The value of an indicator; null where the plan has none. */
export function valueOf(list: Indicator[], name: string): number | null {
  return list.find((indicator) => indicator.name === name)?.value ?? null;
}
