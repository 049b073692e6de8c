import { createQuery } from "@tanstack/svelte-query";
import { data, server } from "./client";
import type { components } from "./document";

/** What the parts of a plan ask for. A plan never changes: what came once is kept. */

export type Row = Record<string, string | number | null>;

/** Sums of a table's measures by some of its columns. */
export const askSums = (plan: () => string, wish: { table: string; by: string; measure: string }) =>
  createQuery(() => ({
    queryKey: ["plan", plan(), "sums", wish],
    queryFn: async () =>
      (
        (await data(
          server.GET("/v1/plans/{plan_id}/aggregate", { params: { path: { plan_id: plan() }, query: { ...wish } } }),
        )) as components["schemas"]["AggregateAnswer"]
      ).items as Row[],
    staleTime: Infinity,
  }));

export const askVillage = (plan: () => string, village: () => string) =>
  createQuery(() => ({
    queryKey: ["plan", plan(), "village", village()],
    queryFn: () =>
      data(
        server.GET("/v1/plans/{plan_id}/villages/{village}", {
          params: { path: { plan_id: plan(), village: village() } },
        }),
      ),
    staleTime: Infinity,
  }));
