import { createQuery } from "@tanstack/svelte-query";
import { data, server } from "./client";
import type { components } from "./document";

export type Comparison = components["schemas"]["ComparisonAnswer"];
export type ComparedIndicator = components["schemas"]["ComparedIndicatorAnswer"];

export const PLANS_AT_LEAST = 2;
export const PLANS_AT_MOST = 6;

/** Plans side by side; the first is what the others are measured against. */
export const askComparison = (plans: () => string[]) =>
  createQuery(() => ({
    queryKey: ["comparison", ...plans()],
    queryFn: async () =>
      (await data(server.GET("/v1/comparisons", { params: { query: { plan: plans() } } }))) as unknown as Comparison,
    enabled: plans().length >= PLANS_AT_LEAST && plans().length <= PLANS_AT_MOST,
    staleTime: Infinity,
  }));

/** Persons by stage, rung and the name of an administration or a group. */
export const askPeopleBy = (plan: () => string, by: () => "administration_title" | "group_title") =>
  createQuery(() => ({
    queryKey: ["plan", plan(), "people", by()],
    queryFn: async () =>
      (await data(
        server.GET("/v1/plans/{plan_id}/aggregate", {
          params: { path: { plan_id: plan() }, query: { table: "service", measure: "persons", by: `${by()},stage,rung` } },
        }),
      )) as components["schemas"]["AggregateAnswer"],
    staleTime: Infinity,
  }));
