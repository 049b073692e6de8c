import { createQuery } from "@tanstack/svelte-query";
import { data, server } from "./client";
import type { components } from "./document";

/** Scenarios, as they are asked for and changed. */

type Schemas = components["schemas"];
export type Scenario = Schemas["ScenarioAnswer"];
export type ScenarioInList = Schemas["ScenarioInList"];
export type Resolved = Schemas["ResolvedAnswer"];
export type Policy = Schemas["Policy"];
export type ScenarioChange = Partial<Schemas["ScenarioChange"]>;

const AT_MOST = 500;

/** A scenario, and the mark of the edition that was read: an edit names it, so that nobody's work is overwritten unseen. */
export interface Read {
  scenario: Scenario;
  etag: string;
}

/** Every scenario of a basin, the archived apart; the service gives at most 500 at once. */
export const askScenarios = (basin: () => string, archived: () => boolean) =>
  createQuery(() => ({
    queryKey: ["scenarios", basin(), archived()],
    queryFn: async () => {
      const found: ScenarioInList[] = [];
      let cursor: string | null | undefined = null;
      do {
        const page: { items: ScenarioInList[]; next_cursor?: string | null } = await data(
          server.GET("/v1/basins/{basin_id}/scenarios", {
            params: { path: { basin_id: basin() }, query: { archived: archived(), limit: AT_MOST, cursor } },
          }),
        );
        found.push(...page.items);
        cursor = page.next_cursor;
      } while (cursor);
      return found;
    },
  }));

export const askBasin = (basin: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["basin", basin()],
    queryFn: () => data(server.GET("/v1/basins/{basin_id}", { params: { path: { basin_id: basin() ?? "" } } })),
    enabled: basin() !== undefined,
  }));

export const askScenario = (scenario: () => string) =>
  createQuery(() => ({
    queryKey: ["scenario", scenario()],
    queryFn: async (): Promise<Read> => {
      const answer = await server.GET("/v1/scenarios/{scenario_id}", { params: { path: { scenario_id: scenario() } } });
      return { scenario: answer.data as Scenario, etag: answer.response.headers.get("ETag") ?? "" };
    },
  }));

/** What a scenario stands for with all that it takes from those it comes from. */
export const askResolved = (scenario: () => string) =>
  createQuery(() => ({
    queryKey: ["scenario", scenario(), "resolved"],
    queryFn: () => data(server.GET("/v1/scenarios/{scenario_id}/resolved", { params: { path: { scenario_id: scenario() } } })),
  }));

export async function changeScenario(read: Read, body: ScenarioChange): Promise<Scenario> {
  return data(
    server.PATCH("/v1/scenarios/{scenario_id}", {
      params: { path: { scenario_id: read.scenario.id } },
      headers: { "If-Match": read.etag },
      body: body as Schemas["ScenarioChange"],
    }),
  );
}

export async function archiveScenario(read: Read): Promise<void> {
  await server.DELETE("/v1/scenarios/{scenario_id}", {
    params: { path: { scenario_id: read.scenario.id } },
    headers: { "If-Match": read.etag },
  });
}

export const restoreScenario = (read: Read): Promise<Scenario> =>
  data(
    server.POST("/v1/scenarios/{scenario_id}/restore", {
      params: { path: { scenario_id: read.scenario.id } },
      headers: { "If-Match": read.etag },
    }),
  );

/** A scenario that comes from another and changes nothing yet. Its name is made of its title. */
export const branchScenario = (parent: string, title: string): Promise<Scenario> =>
  data(
    server.POST("/v1/scenarios/{scenario_id}/branch", {
      params: { path: { scenario_id: parent } },
      body: { name: nameOf(title), title, description: "" },
    }),
  );

/** A scenario of a basin without a parent, at least cost. */
export const makeScenario = (basin: string, title: string): Promise<Scenario> =>
  data(
    server.POST("/v1/basins/{basin_id}/scenarios", {
      params: { path: { basin_id: basin } },
      body: { name: nameOf(title), title, description: "", parent_id: null, changes: [], policy: null },
    }),
  );

/** A short name that no other scenario has; people see the title. */
function nameOf(title: string): string {
  const words = title
    .normalize("NFKD")
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? ["scenario"];
  return `${words.join("_").slice(0, 60)}_${Date.now().toString(36)}`;
}

/** What differs between a scenario and the one it comes from. */
export const askAgainstParent = (scenario: () => string, parent: () => string | null) =>
  createQuery(() => ({
    queryKey: ["scenario", scenario(), "against", parent()],
    queryFn: () =>
      data(
        server.GET("/v1/scenarios/{scenario_id}/difference", {
          params: { path: { scenario_id: scenario() }, query: { other: parent() ?? "" } },
        }),
      ),
    enabled: parent() !== null,
  }));

/** A table of a version of a basin, row by row. */
export const askTable = (basin: () => string, version: () => number, table: string) =>
  createQuery(() => ({
    queryKey: ["basin", basin(), version(), "table", table],
    queryFn: async () => {
      const told = (await data(
        server.GET("/v1/basins/{basin_id}/versions/{number}/tables/{table}", {
          params: { path: { basin_id: basin(), number: String(version()), table }, query: { limit: AT_MOST } },
        }),
      )) as Schemas["TableAnswer"];
      return told.items;
    },
    staleTime: Infinity,
  }));

/** What a rule of one's own may name. */
export const askRuleNames = (basin: () => string) =>
  createQuery(() => ({
    queryKey: ["basin", basin(), "rule names"],
    queryFn: () => data(server.GET("/v1/basins/{basin_id}/rules/names", { params: { path: { basin_id: basin() } } })),
    staleTime: Infinity,
  }));

/** What is wrong with a rule, without keeping anything. */
export const checkRule = (basin: string, version: number, rule: Record<string, unknown>) =>
  data(server.POST("/v1/basins/{basin_id}/rules/check", { params: { path: { basin_id: basin } }, body: { rule, version } }));

/** What the scenario that another comes from stands for; null without one. */
export const askParent = (parent: () => string | null) =>
  createQuery(() => ({
    queryKey: ["scenario", parent(), "resolved as parent"],
    queryFn: async (): Promise<{ resolved: Resolved | null }> => {
      const id = parent();
      if (id === null) return { resolved: null };
      return {
        resolved: await data(server.GET("/v1/scenarios/{scenario_id}/resolved", { params: { path: { scenario_id: id } } })),
      };
    },
  }));
