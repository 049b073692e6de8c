import { t } from "../../words/words.svelte";

/** The kinds of technologies, in words. */
export function kind(category: string): string {
  const names: Record<string, string> = {
    source: t("catalogue.source"),
    points: t("catalogue.points"),
    taps: t("catalogue.taps"),
    filters: t("catalogue.filters"),
    treatment: t("catalogue.treatment"),
    conveyance: t("catalogue.conveyance"),
    distribution: t("catalogue.distribution"),
  };
  return names[category] ?? category;
}

/** What a figure of the catalogue is, in words; its unit stands beside it. */
export function quantity(name: string): string {
  const removed: Record<string, string> = {
    bacteria: t("catalogue.bacteria"),
    viruses: t("catalogue.viruses"),
    protozoa: t("catalogue.protozoa"),
    suspended_solids: t("catalogue.solids"),
    iron: t("catalogue.iron"),
    arsenic: t("catalogue.arsenic"),
    nitrate: t("catalogue.nitrate"),
  };
  const removal = /^(?:log_removal|removal_share)_(.*)$/.exec(name)?.[1];
  if (removal) return t("catalogue.removes", { what: removed[removal] ?? removal });
  const names: [string, string][] = [
    ["capex", t("catalogue.capital")],
    ["fixed_om", t("catalogue.upkeep")],
    ["variable_om", t("catalogue.running")],
    ["life", t("catalogue.life")],
    ["diarrhoea", t("catalogue.diarrhoea")],
    ["adherence", t("catalogue.adherence")],
    ["volume", t("catalogue.volume")],
    ["inner_diameter", t("catalogue.diameter")],
    ["energy", t("catalogue.energy")],
    ["recovery", t("catalogue.recovery")],
    ["barriers", t("catalogue.barriers")],
  ];
  return names.find(([start]) => name.startsWith(start))?.[1] ?? name.replaceAll("_", " ");
}

/** Pathogens in words. */
export const pathogen = (name: string): string =>
  ({ bacteria: t("catalogue.bacteria"), viruses: t("catalogue.viruses"), protozoa: t("catalogue.protozoa") })[name] ?? name;

/** A unit as it is printed: cubes as such. */
export const printed = (unit: string): string => unit.replace(/m3/g, "m³");
