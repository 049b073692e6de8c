import { createInfiniteQuery, createQuery } from "@tanstack/svelte-query";
import { data, server } from "./client";
import type { components } from "./document";

/** Runs, as they are asked for. */

type Schemas = components["schemas"];
export type Run = Schemas["RunAnswer"];
export type RunInList = Schemas["RunInList"];
export type RunState = Run["state"];
export type BranchPlan = Schemas["BranchPlanAnswer"];
export type WayOut = Schemas["WayOutAnswer"];

export interface RunFilter {
  basin_id?: string;
  scenario_id?: string;
  state?: RunState;
  mine?: boolean;
}

const OFTEN_MS = 2000;
const PAGE = 50;

export const STATES: readonly RunState[] = ["queued", "running", "succeeded", "no_plan", "failed", "cancelled"];

export const isEnded = (run: { state: RunState }): boolean => run.state !== "queued" && run.state !== "running";

/** One run; asked again every two seconds until it has ended. */
export const askRun = (run: () => string) =>
  createQuery(() => ({
    queryKey: ["run", run()],
    queryFn: () => data(server.GET("/v1/runs/{run_id}", { params: { path: { run_id: run() } } })),
    refetchInterval: (query) => (query.state.data && isEnded(query.state.data) ? false : OFTEN_MS),
  }));

/** Runs page by page, the newest first; asked again while one of them waits or is worked at. */
export const askRuns = (filter: () => RunFilter, signedIn: () => boolean = () => true) =>
  createInfiniteQuery(() => ({
    enabled: signedIn(),
    queryKey: ["runs", filter()],
    queryFn: ({ pageParam }: { pageParam: string | null }) =>
      data(server.GET("/v1/runs", { params: { query: { ...filter(), limit: PAGE, cursor: pageParam } } })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.items.some((run) => !isEnded(run))) ? OFTEN_MS : false,
  }));

/** All news of a run as text; `wanted` once somebody looks. */
export const askRunLog = (run: () => string, wanted: () => boolean) =>
  createQuery(() => ({
    queryKey: ["run", run(), "log"],
    queryFn: () => data(server.GET("/v1/runs/{run_id}/log", { params: { path: { run_id: run() } }, parseAs: "text" })),
    enabled: wanted(),
  }));

/** Ends a run: one that is worked at keeps its best plan. */
export const stopRun = (run: string) => data(server.POST("/v1/runs/{run_id}/cancel", { params: { path: { run_id: run } } }));

/** Starts a run of a scenario, from the last plan unless from nothing; or gives the one of the same input that is there. */
export const startRun = (scenario: string, limits: Partial<Schemas["RunLimits"]> = {}, fresh = false, fromNothing = false) =>
  data(
    server.POST("/v1/scenarios/{scenario_id}/runs", {
      params: { path: { scenario_id: scenario } },
      body: { limits: limits as Schemas["RunLimits"], priority: 0, fresh, start: fromNothing ? "nothing" : "last_plan" },
    }),
  );

/** Makes a scenario of a way out of a run without a plan, and starts its run within the same limits. */
export async function takeWayOut(run: Run, way: WayOut): Promise<Run> {
  const title = `${run.scenario_title}: ${way.title}`.slice(0, 200);
  const made = await data(
    server.POST("/v1/basins/{basin_id}/scenarios", {
      params: { path: { basin_id: run.basin_id } },
      body: {
        name: `way_out_${Date.now().toString(36)}`,
        title,
        description: way.title,
        parent_id: run.scenario_id,
        changes: way.changes,
        policy: way.policy,
      },
    }),
  );
  return startRun(made.id, run.limits);
}
