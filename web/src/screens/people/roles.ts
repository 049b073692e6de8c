import type { BasinRole, Scope } from "../../server/ask-people";
import { t } from "../../words/words.svelte";

export const ROLES: BasinRole["role"][] = ["reader", "stakeholder", "analyst", "planner", "owner"];
export const SCOPES: Scope[] = ["read", "write", "run", "administer"];

/** A role in a basin, in words. */
export const roleName = (role: BasinRole["role"]): string =>
  ({
    reader: t("people.reader"),
    stakeholder: t("people.stakeholder"),
    analyst: t("people.analyst"),
    planner: t("people.planner"),
    owner: t("people.owner"),
  })[role];

/** What a key may do, in words. */
export const scopeName = (scope: Scope): string =>
  ({
    read: t("people.read"),
    write: t("people.write"),
    run: t("people.run"),
    administer: t("people.administer"),
  })[scope];

/** A day as the time that the service asks for: its end, in UTC; null where no day is chosen. */
export const endOf = (day: string): string | null => (day ? `${day}T23:59:59Z` : null);

/** Whether a key or a link still opens anything. */
export function stateOf(one: { revoked_at: string | null; expires_at: string | null }): string {
  if (one.revoked_at) return t("people.revoked");
  if (one.expires_at && new Date(one.expires_at) < new Date()) return t("people.expired");
  return t("people.active");
}
