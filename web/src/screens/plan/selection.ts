import { searchParams } from "sv-router";
import { villagesOf, type PlanMap } from "../../server/planMap";

/** The part of the basin that a reader asks about; kept in the address. */
export interface Selection {
  /** Its villages by name; null where the whole basin is asked about. */
  villages: ReadonlySet<string> | null;
  /** The administrations that follow the money of its villages, by name; null for all. */
  accounts: ReadonlySet<string> | null;
  /** Villages were chosen one by one: money, shared works and rivers are then those of their whole administrations. */
  single: boolean;
  title: string;
  accountTitle: string;
  /** Filters of a plan's tables: of those about villages, and of those about administrations. */
  ofVillages: string[];
  ofAccounts: string[];
}

const NAMED = 3;
const listed = (name: string): string[] => (searchParams.get(name)?.toString() ?? "").split(",").filter(Boolean);
const few = (titles: string[]): string =>
  titles.length > NAMED ? `${titles.slice(0, NAMED).join(", ")} +${titles.length - NAMED}` : titles.join(", ");

/** The administrations that villages' money follows, by name with title, sorted by title. */
export function accountsOf(map: PlanMap): [string, string][] {
  const titles = new Map(villagesOf(map).map(({ properties }) => [properties.account, properties.account_title]));
  return [...titles].toSorted(([, a], [, b]) => a.localeCompare(b));
}

/** What is chosen: villages one by one, else the villages of an administration, else all. Unknown names choose nothing. */
export function selectionOf(map: PlanMap, places: string[], administration: string | null): Selection {
  const all = villagesOf(map).map(({ properties }) => properties);
  const single = all.filter(({ village }) => places.includes(village));
  const found = single.length ? single : all.filter(({ account }) => account === administration);
  if (!found.length)
    return { villages: null, accounts: null, single: false, title: "", accountTitle: "", ofVillages: [], ofAccounts: [] };
  const accounts = new Map(found.map(({ account, account_title }) => [account, account_title]));
  const ofAccounts = [`account:in:${[...accounts.keys()].join(",")}`];
  const accountTitle = few([...accounts.values()]);
  return {
    villages: new Set(found.map(({ village }) => village)),
    accounts: new Set(accounts.keys()),
    single: single.length > 0,
    title: single.length ? few(single.map(({ title }) => title)) : accountTitle,
    accountTitle,
    ofVillages: single.length ? [`village:in:${single.map(({ village }) => village).join(",")}`] : ofAccounts,
    ofAccounts,
  };
}

/** What the address chooses. */
export const selected = (map: PlanMap): Selection =>
  selectionOf(map, listed("places"), searchParams.get("administration")?.toString() ?? null);

/** Chooses an administration, or with no name the whole basin. */
export function chooseAdministration(name: string): void {
  searchParams.delete("places", undefined, { replace: true });
  if (name) searchParams.set("administration", name);
  else searchParams.delete("administration");
}

/** Chooses a village alone, or adds it to those chosen; one that is chosen already is left out again. */
export function chooseVillage(village: string, add: boolean): void {
  const before = listed("places");
  const without = add ? before.filter((one) => one !== village) : [];
  const now = before.includes(village) && (add || before.length === 1) ? without : [...without, village];
  searchParams.delete("administration", undefined, { replace: true });
  if (now.length) searchParams.set("places", now.join(","));
  else searchParams.delete("places");
}
