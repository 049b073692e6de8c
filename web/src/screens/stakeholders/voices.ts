import type { SpeaksFor } from "../../server/ask-stakeholders";
import { t } from "../../words/words.svelte";

export const VOICES: SpeaksFor[] = [
  "village_committee",
  "women_group",
  "minority_group",
  "administration",
  "ministry",
  "environment",
  "downstream_city",
  "donor",
  "other",
];

/** Whom somebody speaks for, in words. */
export function voice(name: SpeaksFor | null): string {
  if (name === null) return t("voices.none");
  return {
    village_committee: t("voices.village"),
    women_group: t("voices.women"),
    minority_group: t("voices.minority"),
    administration: t("voices.administration"),
    ministry: t("voices.ministry"),
    environment: t("voices.environment"),
    downstream_city: t("voices.downstream"),
    donor: t("voices.donor"),
    other: t("voices.other"),
  }[name];
}

/** A person with whom they speak for. */
export function called(author: { name: string; title: string | null; speaks_for: SpeaksFor | null }): string {
  return `${author.name}, ${author.title || voice(author.speaks_for)}`;
}

const WELL = 0.8;
const PARTLY = 0.5;

/** How far somebody is satisfied, in a word. */
export function contentment(total: number | null, acceptable: boolean): string {
  if (!acceptable) return t("stakeholders.unacceptable");
  if (total === null) return t("stakeholders.unknown");
  return total >= WELL ? t("stakeholders.well") : total >= PARTLY ? t("stakeholders.partly") : t("stakeholders.little");
}
