import { createQuery } from "@tanstack/svelte-query";
import { data, rememberToken, server } from "./client";
import type { PlanMap } from "./planMap";
import { Trouble } from "./trouble";

/** Each subject that the page asks for, once: a query with its key. Arguments are functions, so that a query follows its address. */

export const askSession = () =>
  createQuery(() => ({
    queryKey: ["session"],
    queryFn: async () => {
      try {
        const session = await data(server.GET("/v1/session"));
        rememberToken(session.csrf_token);
        return session;
      } catch (trouble) {
        if (trouble instanceof Trouble && trouble.status === 401) return null;
        throw trouble;
      }
    },
  }));

export const askBasins = () => createQuery(() => ({ queryKey: ["basins"], queryFn: () => data(server.GET("/v1/basins")) }));

export const askPlans = (basin: () => string) =>
  createQuery(() => ({
    queryKey: ["plans", basin()],
    queryFn: () => data(server.GET("/v1/basins/{basin_id}/plans", { params: { path: { basin_id: basin() } } })),
  }));

export const askPlan = (plan: () => string) =>
  createQuery(() => ({
    queryKey: ["plan", plan()],
    queryFn: () => data(server.GET("/v1/plans/{plan_id}", { params: { path: { plan_id: plan() } } })),
    staleTime: Infinity,
  }));

export const askIndicators = (plan: () => string) =>
  createQuery(() => ({
    queryKey: ["plan", plan(), "indicators"],
    queryFn: () => data(server.GET("/v1/plans/{plan_id}/indicators", { params: { path: { plan_id: plan() } } })),
    staleTime: Infinity,
  }));

/** The plan on a map in a stage: villages, works, reaches. */
export const askPlanMap = (plan: () => string, stage: () => string | null) =>
  createQuery(() => ({
    queryKey: ["plan", plan(), "map", stage()],
    queryFn: async () =>
      (await data(
        server.GET("/v1/plans/{plan_id}/export", {
          params: { path: { plan_id: plan() }, query: { format: "geojson", ...(stage() ? { stage: stage() } : {}) } },
        }),
      )) as unknown as PlanMap,
    staleTime: Infinity,
    placeholderData: (before: PlanMap | undefined) => before,
  }));
