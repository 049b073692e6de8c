import type { Language } from "./words.svelte";

/** Languages whose texts, here and in the service's catalogues, people who speak them have read. English is what they were made from. */
export const REVIEWED: readonly Language[] = ["en"];
