import { createQuery } from "@tanstack/svelte-query";
import { data, server } from "./client";
import type { components } from "./document";

/** What the parts of a plan ask for. A plan never changes: what came once is kept. */

export type Row = Record<string, string | number | null>;

/** What is to be put together of a plan's table: measures by columns (with commas between), of the rows that all filters leave. */
export interface Wish {
  table: string;
  by: string;
  measure?: string;
  function?: "sum" | "mean" | "min" | "max" | "count";
  filter?: string[];
}

/** A table's measures put together by some of its columns; what was shown stays until the next comes. */
export const askSums = (plan: () => string, wish: () => Wish) =>
  createQuery(() => ({
    queryKey: ["plan", plan(), "sums", wish()],
    queryFn: async () =>
      (
        (await data(
          server.GET("/v1/plans/{plan_id}/aggregate", { params: { path: { plan_id: plan() }, query: wish() } }),
        )) as components["schemas"]["AggregateAnswer"]
      ).items as Row[],
    staleTime: Infinity,
    placeholderData: (before: Row[] | undefined) => before,
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
