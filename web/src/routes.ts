import { createRouter } from "sv-router";
import Shell from "./screens/shell/Shell.svelte";

/** Every screen by its address; a screen's own state stands behind the ? so that a link opens it as it was. */
export const { p, navigate, isActive, route } = createRouter({
  layout: Shell,
  "/": () => import("./screens/home/Home.svelte"),
  "/sign-in": () => import("./screens/people/SignIn.svelte"),
  "/basins/:basin": () => import("./screens/basin/Basin.svelte"),
  "/basins/:basin/scenarios": () => import("./screens/scenarios/Scenarios.svelte"),
  "/scenarios/:scenario": () => import("./screens/scenarios/Scenario.svelte"),
  "/runs/:run": () => import("./screens/run/Run.svelte"),
  "/plans/:plan": () => import("./screens/plan/Plan.svelte"),
  "/compare": () => import("./screens/compare/Compare.svelte"),
  "/jobs": () => import("./screens/jobs/Jobs.svelte"),
  "/catalogue": () => import("./screens/catalogue/Catalogue.svelte"),
  "*": () => import("./screens/shell/NotFound.svelte"),
});
