import { createQuery } from "@tanstack/svelte-query";
import { data, server } from "./client";
import type { components } from "./document";
import { ifMatch } from "./etag";
import { Trouble } from "./trouble";

export type Profile = components["schemas"]["ProfileAnswer"];
export type Preference = components["schemas"]["Preference"];
export type Judged = components["schemas"]["PlanSatisfactionAnswer"];
export type Stance = components["schemas"]["StanceAnswer"];
export type SpeaksFor = components["schemas"]["ProfileBody"]["speaks_for"];

const MANY = 200;
const at = (basin: string) => ({ path: { basin_id: basin } });

/** What the service holds, or null where it holds nothing. */
async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (trouble) {
    if (trouble instanceof Trouble && trouble.status === 404) return null;
    throw trouble;
  }
}

export const askStakeholders = (basin: () => string) =>
  createQuery(() => ({
    queryKey: ["stakeholders", basin()],
    queryFn: () => data(server.GET("/v1/basins/{basin_id}/stakeholders", { params: { ...at(basin()), query: { limit: MANY } } })),
  }));

/** Whom one speaks for oneself, and what matters to one; null as long as one has not said so. */
export const askOwnVoice = (basin: () => string, may: () => boolean) =>
  createQuery(() => ({
    queryKey: ["own-voice", basin()],
    queryFn: async () => {
      const profile = await orNull(data(server.GET("/v1/basins/{basin_id}/profile", { params: at(basin()) })));
      if (!profile) return null;
      const { preferences } = await data(server.GET("/v1/basins/{basin_id}/preferences", { params: at(basin()) }));
      return { profile, preferences };
    },
    enabled: may(),
  }));

export const setProfile = (basin: string, held: Profile | null, body: components["schemas"]["ProfileBody"]) =>
  data(server.PUT("/v1/basins/{basin_id}/profile", { params: at(basin), body, headers: ifMatch(held) }));

export const setPreferences = (basin: string, held: Profile, preferences: Preference[]) =>
  data(server.PUT("/v1/basins/{basin_id}/preferences", { params: at(basin), body: { preferences }, headers: ifMatch(held) }));

/** How far plans would satisfy preferences, before they are kept. */
export const askTrial = (basin: () => string, plans: () => string[], preferences: () => Preference[]) =>
  createQuery(() => ({
    queryKey: ["trial", basin(), plans(), preferences()],
    queryFn: () =>
      data(
        server.POST("/v1/basins/{basin_id}/satisfaction", {
          params: at(basin()),
          body: { plans: plans(), preferences: preferences() },
        }),
      ),
    enabled: plans().length > 0 && preferences().length > 0,
    placeholderData: (before: components["schemas"]["SatisfactionAnswer"] | undefined) => before,
  }));

/** How far each plan satisfies each of those who said what matters to them. */
export const askSatisfaction = (basin: () => string, plans: () => string[]) =>
  createQuery(() => ({
    queryKey: ["satisfaction", basin(), plans()],
    queryFn: () =>
      data(server.GET("/v1/basins/{basin_id}/satisfaction", { params: { ...at(basin()), query: { plan: plans() } } })),
    enabled: plans().length > 0,
  }));

export const askStances = (plan: () => string) =>
  createQuery(() => ({
    queryKey: ["stances", plan()],
    queryFn: () =>
      data(server.GET("/v1/plans/{plan_id}/stances", { params: { path: { plan_id: plan() }, query: { limit: MANY } } })),
  }));

export const setStance = (plan: string, held: Stance | null, body: components["schemas"]["StanceBody"]) =>
  data(server.PUT("/v1/plans/{plan_id}/stance", { params: { path: { plan_id: plan } }, body, headers: ifMatch(held) }));

export const removeStance = (plan: string, held: Stance) =>
  server.DELETE("/v1/plans/{plan_id}/stance", { params: { path: { plan_id: plan } }, headers: ifMatch(held) });
