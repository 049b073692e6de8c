import { createRouter } from "sv-router";
import Shell from "./screens/shell/Shell.svelte";

/** Every screen by its address; a screen's own state stands behind the ? so that a link opens it as it was. */
export const { p, navigate, route } = createRouter({
  layout: Shell,
  "/": () => import("./screens/home/Home.svelte"),
  "/sign-in": () => import("./screens/people/SignIn.svelte"),
  "/basins/:basin/stakeholders": () => import("./screens/stakeholders/Stakeholders.svelte"),
  "/catalogue": () => import("./screens/catalogue/Catalogue.svelte"),
  "/compare": () => import("./screens/compare/Compare.svelte"),
  "/people": () => import("./screens/people/People.svelte"),
  "/settings": () => import("./screens/settings/Settings.svelte"),
  "/basins/:basin/scenarios": () => import("./screens/scenarios/Scenarios.svelte"),
  "/jobs": () => import("./screens/jobs/Jobs.svelte"),
  "/set-password": () => import("./screens/people/SetPassword.svelte"),
  "/import": () => import("./screens/import/Import.svelte"),
  "/basins/:basin": () => import("./screens/basin/Basin.svelte"),
  "/basins/:basin/versions": () => import("./screens/basin/Versions.svelte"),
  "/plans/:plan": () => import("./screens/plan/Plan.svelte"),
  "/plans/:plan/explained": () => import("./screens/plan/explained/Explained.svelte"),
  "/runs/:run": () => import("./screens/run/Run.svelte"),
  "/scenarios/:scenario": () => import("./screens/scenarios/Scenario.svelte"),
  "/plans/:plan/villages/:village": () => import("./screens/plan/village/Village.svelte"),
  "*": () => import("./screens/shell/NotFound.svelte"),
});
