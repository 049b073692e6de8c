import type { components } from "../../server/document";

type Role = components["schemas"]["BasinAnswer"]["role"];

/** What one may do in a basin, as a key of the words. */
export const ROLES: Record<Role, string> = {
  reader: "home.reader",
  stakeholder: "home.stakeholder",
  analyst: "home.analyst",
  planner: "home.planner",
  owner: "home.owner",
};

/** Who may change a basin's tables. */
export const mayEdit = (role: Role): boolean => role === "planner" || role === "owner";
