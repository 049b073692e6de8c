import { createRouter } from "sv-router";
import Shell from "./screens/shell/Shell.svelte";

/** Every screen by its address; a screen's own state stands behind the ? so that a link opens it as it was. */
export const { p, navigate, route } = createRouter({
  layout: Shell,
  "/": () => import("./screens/home/Home.svelte"),
  "/sign-in": () => import("./screens/people/SignIn.svelte"),
  "/plans/:plan": () => import("./screens/plan/Plan.svelte"),
  "/plans/:plan/villages/:village": () => import("./screens/plan/village/Village.svelte"),
  "*": () => import("./screens/shell/NotFound.svelte"),
});
