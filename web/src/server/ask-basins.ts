import { createQuery } from "@tanstack/svelte-query";
import type { BasinMap } from "./basinMap";
import { data, server } from "./client";

/** What the page asks for about basins: their versions, tables, map, and what they can be made from. */

export const askBasin = (basin: () => string) =>
  createQuery(() => ({
    queryKey: ["basin", basin()],
    queryFn: async () => {
      const { data: told, response } = await server.GET("/v1/basins/{basin_id}", {
        params: { path: { basin_id: basin() } },
      });
      return { ...told!, etag: response.headers.get("ETag") ?? "" };
    },
  }));

export const askVersion = (basin: () => string, number: () => string) =>
  createQuery(() => ({
    queryKey: ["basin", basin(), "version", number()],
    queryFn: () =>
      data(
        server.GET("/v1/basins/{basin_id}/versions/{number}", {
          params: { path: { basin_id: basin(), number: number() } },
        }),
      ),
  }));

export const askVersions = (basin: () => string) =>
  createQuery(() => ({
    queryKey: ["basin", basin(), "versions"],
    queryFn: () => data(server.GET("/v1/basins/{basin_id}/versions", { params: { path: { basin_id: basin() } } })),
  }));

/** Nodes and lines of a version; only those of some tables, or all. */
export const askBasinMap = (basin: () => string, number: () => string, only: readonly string[] = []) =>
  createQuery(() => ({
    queryKey: ["basin", basin(), "map", number(), ...only],
    queryFn: async () =>
      (await data(
        server.GET("/v1/basins/{basin_id}/versions/{number}/geojson", {
          params: { path: { basin_id: basin(), number: number() }, query: { only: [...only] } },
        }),
      )) as unknown as BasinMap,
  }));

export const askCases = () => createQuery(() => ({ queryKey: ["cases"], queryFn: () => data(server.GET("/v1/cases")) }));

export const askOrganisations = () =>
  createQuery(() => ({ queryKey: ["organisations"], queryFn: () => data(server.GET("/v1/organisations")) }));
