import { createQuery } from "@tanstack/svelte-query";
import { language } from "../words/words.svelte";
import type { BasinForm } from "./basinForm";
import type { BasinMap, Cell } from "./basinMap";
import { data, server } from "./client";
import type { components, paths } from "./document";

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

type TableOnMap = NonNullable<
  NonNullable<paths["/v1/basins/{basin_id}/versions/{number}/geojson"]["get"]["parameters"]["query"]>["only"]
>[number];

/** Nodes and lines of a version; only those of some tables, or all. */
export const mapQuery = (basin: string, number: string, only: readonly TableOnMap[] = []) => ({
  queryKey: ["basin", basin, "map", number, ...only],
  queryFn: async () =>
    (await data(
      server.GET("/v1/basins/{basin_id}/versions/{number}/geojson", {
        params: { path: { basin_id: basin, number }, query: { only: [...only] } },
      }),
    )) as unknown as BasinMap,
});

export const askBasinMap = (basin: () => string, number: () => string, only: readonly TableOnMap[] = []) =>
  createQuery(() => mapQuery(basin(), number(), only));

const FINDINGS_AT_MOST = 200;

/** Warnings and notes of a version. */
export const askFindings = (basin: () => string, number: () => string, wanted: () => boolean) =>
  createQuery(() => ({
    queryKey: ["basin", basin(), "findings", number(), language.now],
    queryFn: () =>
      data(
        server.GET("/v1/basins/{basin_id}/versions/{number}/findings", {
          params: { path: { basin_id: basin(), number: number() }, query: { limit: FINDINGS_AT_MOST } },
        }),
      ),
    enabled: wanted(),
  }));

export const askCases = () => createQuery(() => ({ queryKey: ["cases"], queryFn: () => data(server.GET("/v1/cases")) }));

export const askOrganisations = () =>
  createQuery(() => ({ queryKey: ["organisations"], queryFn: () => data(server.GET("/v1/organisations")) }));

const ROWS_AT_ONCE = 500;
/** Tables longer than this are shown to here; whole they are had as a file. */
export const ROWS_AT_MOST = 20_000;

export interface Rows {
  rows: Row[];
  total: number;
}
export type Row = Record<string, Cell>;

/** All rows of a table of a version. */
export const tableQuery = (basin: string, number: string, table: string) => ({
  queryKey: ["basin", basin, "table", number, table],
  queryFn: async (): Promise<Rows> => {
    const rows: Row[] = [];
    let cursor: string | null | undefined;
    do {
      const part = (await data(
        server.GET("/v1/basins/{basin_id}/versions/{number}/tables/{table}", {
          params: {
            path: { basin_id: basin, number, table },
            query: { limit: ROWS_AT_ONCE, ...(cursor ? { cursor } : {}) },
          },
        }),
      )) as components["schemas"]["TableAnswer"];
      rows.push(...(part.items as Row[]));
      if (rows.length >= ROWS_AT_MOST) return { rows, total: part.total };
      cursor = part.next_cursor;
    } while (cursor);
    return { rows, total: rows.length };
  },
});

export const askTable = (basin: () => string, number: () => string, table: () => string) =>
  createQuery(() => tableQuery(basin(), number(), table()));

/** What each table of a basin is, column by column, in the reader's language. */
export const askForm = () =>
  createQuery(() => ({
    queryKey: ["form", "basin", language.now],
    queryFn: async () =>
      (await data(
        server.GET("/v1/schemas/{form}", { params: { path: { form: "basin" }, query: { language: language.now } } }),
      )) as unknown as BasinForm,
    staleTime: Infinity,
  }));

export const askDifference = (basin: () => string, from: () => string, to: () => string) =>
  createQuery(() => ({
    queryKey: ["basin", basin(), "difference", from(), to()],
    queryFn: () =>
      data(
        server.GET("/v1/basins/{basin_id}/versions/{number}/difference", {
          params: { path: { basin_id: basin(), number: to() }, query: { from: from() } },
        }),
      ),
    enabled: from() !== to(),
  }));
