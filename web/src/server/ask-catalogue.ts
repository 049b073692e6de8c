import { createQuery } from "@tanstack/svelte-query";
import { data, server } from "./client";
import type { components } from "./document";

export type Technology = components["schemas"]["TechnologyAnswer"];
export type Citation = components["schemas"]["CitationAnswer"];
export type LogRemoval = components["schemas"]["LogRemovalAnswer"];
interface Items<T> {
  items: T[];
}
/** A table of a basin, with the titles and units of its columns. */
export interface BasinTable {
  columns: { name: string; title: string; unit: string; unit_title: string; kind: string }[];
  items: Record<string, string | number | boolean | null>[];
  total: number;
}

const query = { limit: 200 };
const part = { params: { query } };

/** The whole catalogue; anybody may read it. */
export const askCatalogue = () =>
  createQuery(() => ({
    queryKey: ["catalogue"],
    queryFn: async () => {
      const [technologies, citations, removals] = await Promise.all([
        data(server.GET("/v1/catalogue/technologies", part)) as Promise<unknown> as Promise<Items<Technology>>,
        data(server.GET("/v1/catalogue/citations", part)) as Promise<unknown> as Promise<Items<Citation>>,
        data(server.GET("/v1/catalogue/log-removals", part)) as Promise<unknown> as Promise<Items<LogRemoval>>,
      ]);
      return { technologies: technologies.items, citations: citations.items, removals: removals.items };
    },
    staleTime: Infinity,
  }));

export const askBasinTable = (basin: () => string, version: () => number, table: string) =>
  createQuery(() => ({
    queryKey: ["basin", basin(), version(), table],
    queryFn: async () =>
      (await data(
        server.GET("/v1/basins/{basin_id}/versions/{number}/tables/{table}", {
          params: { path: { basin_id: basin(), number: String(version()), table }, query },
        }),
      )) as unknown as BasinTable,
    enabled: basin() !== "",
    staleTime: Infinity,
  }));
