import { LANGUAGES, t, type Language } from "../../words/words.svelte";
import { moment } from "../../words/figures";
import { voice, VOICES } from "../stakeholders/voices";
import { ROLES, roleName, scopeName, SCOPES } from "./roles";

/** What a field of a changed thing is called; one that has no words yet keeps its name in the database. */
export function fieldInWords(name: string): string {
  const words: Record<string, string> = {
    administration: t("trail.administration"),
    answer_to: t("trail.answerTo"),
    archived_at: t("trail.archived"),
    basin_id: t("people.basin"),
    basin_version: t("trail.basinVersion"),
    basis: t("trail.basis"),
    cancel_requested_at: t("trail.stopAt"),
    cancel_requested_by: t("trail.stopBy"),
    changes: t("scenarios.changes"),
    counts: t("trail.counts"),
    created_by: t("trail.author"),
    deleted_at: t("trail.deleted"),
    description: t("trail.description"),
    digest: t("trail.digest"),
    email: t("signIn.email"),
    expires_at: t("people.until"),
    input_key: t("trail.inputs"),
    is_administrator: t("people.administrator"),
    issuer: t("trail.provider"),
    language: t("nav.language"),
    latest_version: t("trail.newest"),
    limits: t("trail.limits"),
    lineage: t("trail.lineage"),
    name: t("people.name"),
    note: t("basin.note"),
    number: t("basin.number"),
    open_to_all: t("trail.openToAll"),
    open_to_public: t("trail.openToPublic"),
    organisation_id: t("import.organisation"),
    parent_id: t("scenarios.parent"),
    passed: t("trail.passed"),
    password_hash: t("signIn.password"),
    place: t("trail.place"),
    plan_id: t("compare.plan"),
    policy: t("scenarios.policy"),
    preferences: t("trail.preferences"),
    priority: t("trail.priority"),
    reason: t("trail.reason"),
    record: t("trail.record"),
    rerun_of: t("trail.repeats"),
    resolved_hash: t("trail.resolved"),
    revoked_at: t("people.revoked"),
    role: t("people.role"),
    run_id: t("run.title"),
    scenario: t("scenarios.one"),
    scenario_id: t("scenarios.one"),
    scopes: t("people.opens"),
    speaks_for: t("stakeholders.speaksFor"),
    stance: t("trail.stance"),
    start_plan_id: t("trail.start"),
    state: t("people.state"),
    status: t("trail.status"),
    subject: t("trail.providerAccount"),
    table: t("basin.table"),
    text: t("trail.text"),
    title: t("scenarios.name"),
    token_hash: t("trail.key"),
    used_at: t("trail.used"),
    user_id: t("trail.account"),
    verdict: t("trail.verdict"),
    versions: t("trail.software"),
    village: t("plan.village"),
  };
  return words[name] ?? name.replaceAll("_", " ");
}

/** What stood in a field, told to people: moments of the reader's place, names of accounts and languages, words for choices. */
export function valueInWords(field: string, value: unknown, accounts: ReadonlyMap<string, string>): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "boolean") return value ? t("trail.yes") : t("trail.no");
  if (Array.isArray(value) && value.every((one) => typeof one === "string"))
    return value.map((one) => valueInWords(field, one, accounts)).join(", ");
  if (typeof value === "object") return JSON.stringify(value);
  const text = String(value);
  if (field.endsWith("_at") && !Number.isNaN(Date.parse(text))) return moment(text);
  if (field === "language" && text in LANGUAGES) return LANGUAGES[text as Language];
  return accounts.get(text) ?? choices(field)[text] ?? text;
}

function choices(field: string): Record<string, string> {
  const hidden = { "(secret)": t("trail.secret"), "(erased)": t("trail.erased") };
  const told = <Name extends string>(names: Name[], words: (name: Name) => string) =>
    Object.fromEntries(names.map((name) => [name, words(name)]));
  if (field === "role") return { ...told(ROLES, roleName), member: t("people.member"), administrator: t("people.administrator") };
  if (field === "scopes") return told(SCOPES, scopeName);
  if (field === "speaks_for") return told(VOICES, voice);
  if (field === "stance") return { endorses: t("stakeholders.endorse"), objects: t("stakeholders.object") };
  if (field === "state") return { active: t("people.active"), disabled: t("people.disabled"), deleted: t("people.deleted") };
  return hidden;
}
