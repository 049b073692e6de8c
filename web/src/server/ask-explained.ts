import { createQuery } from "@tanstack/svelte-query";
import type { Row } from "./ask-plan";
import { data, server } from "./client";
import type { components } from "./document";

/** Why a plan is as it is: values, what it leaves out and rests on, audit, and what the solver did. A plan never changes.
 * `wanted`: whether it is asked for yet. */

export type Explanation = components["schemas"]["ExplanationAnswer"];
export type PlanOption = components["schemas"]["PlanOption"];
export type Forced = components["schemas"]["ForcedAnswer"];
export type AssumedFigure = components["schemas"]["AssumedFigure"];

const always = () => true;
const of = (plan: string) => ({ params: { path: { plan_id: plan } } });

export const askExplanation = (plan: () => string, wanted = always) =>
  createQuery(() => ({
    queryKey: ["plan", plan(), "explanation"],
    queryFn: () => data(server.GET("/v1/plans/{plan_id}/explanation", of(plan()))),
    enabled: wanted(),
    staleTime: Infinity,
  }));

export const askAudit = (plan: () => string, wanted = always) =>
  createQuery(() => ({
    queryKey: ["plan", plan(), "audit"],
    queryFn: () => data(server.GET("/v1/plans/{plan_id}/audit", of(plan()))),
    enabled: wanted(),
    staleTime: Infinity,
  }));

export const askAssumptions = (plan: () => string, wanted = always) =>
  createQuery(() => ({
    queryKey: ["plan", plan(), "assumptions"],
    queryFn: () => data(server.GET("/v1/plans/{plan_id}/assumptions", of(plan()))),
    enabled: wanted(),
    staleTime: Infinity,
  }));

export const askOptions = (plan: () => string, wanted = always) =>
  createQuery(() => ({
    queryKey: ["plan", plan(), "options"],
    queryFn: () => data(server.GET("/v1/plans/{plan_id}/options", of(plan()))),
    enabled: wanted(),
    staleTime: Infinity,
  }));

/** The plan searched for again with an option in it: asked only once somebody wants it, as it takes seconds. */
export const askForced = (plan: () => string, option: () => string, wanted: () => boolean) =>
  createQuery(() => ({
    queryKey: ["plan", plan(), "forced", option()],
    queryFn: () =>
      data(
        server.GET("/v1/plans/{plan_id}/options/{option}/forced", { params: { path: { plan_id: plan(), option: option() } } }),
      ),
    enabled: wanted(),
    staleTime: Infinity,
  }));

/** The model that the plan is a solution of, as the service typesets it: a document of MathML. */
export const askMathematics = (plan: () => string, wanted = always) =>
  createQuery(() => ({
    queryKey: ["plan", plan(), "mathematics"],
    queryFn: async () =>
      (await data(
        server.GET("/v1/plans/{plan_id}/mathematics", {
          params: { path: { plan_id: plan() }, query: { format: "html" } },
          parseAs: "text",
        }),
      )) as string,
    enabled: wanted(),
    staleTime: Infinity,
  }));

export const askTables = (plan: () => string, wanted = always) =>
  createQuery(() => ({
    queryKey: ["plan", plan(), "tables"],
    queryFn: () => data(server.GET("/v1/plans/{plan_id}/tables", of(plan()))),
    enabled: wanted(),
    staleTime: Infinity,
  }));

/** How the plan keeps each of the policy's own rules. */
export const askOwnRules = (plan: () => string) =>
  createQuery(() => ({
    queryKey: ["plan", plan(), "rules"],
    queryFn: async () =>
      (
        (await data(
          server.GET("/v1/plans/{plan_id}/tables/{table}", {
            params: { path: { plan_id: plan(), table: "rules" }, query: { limit: 100 } },
          }),
        )) as components["schemas"]["RowsAnswer"]
      ).items as Row[],
    staleTime: Infinity,
  }));

/** Where a search stood at a moment, in the engine's own unit; seconds count from the level's start. */
export interface SolverEvent {
  phase: string;
  elapsed_seconds: number;
  incumbent: number | null;
  bound: number | null;
  gap: number | null;
}

/** A place with its part of the gap, and why it is open: works that the bound builds in part, ways of service that it mixes. */
export interface OpenPlace {
  subject: "sources" | "treatment_sites" | "villages";
  name: string;
  title: string;
  share: number;
  gap: number;
  works_in_part: number;
  services_mixed: number;
}

/** What the solver tells of one level of aims. */
export interface LevelRecord {
  order: number;
  objective: string;
  value: number | null;
  bound: number | null;
  unit: string;
  gap: number | null;
  gap_share: number | null;
  gap_share_of: string;
  began_after_seconds: number;
  conditional_on: string[];
  /** Missing in plans made before it was told. */
  open_places?: OpenPlace[];
  solver: {
    status: string;
    objective: number | null;
    bound: number | null;
    wall_seconds: number;
    cpu_seconds: number;
    phases: { events: SolverEvent[] }[];
  };
}
export interface SolverRecord {
  levels: LevelRecord[];
  seed: number;
  threads: number;
  reproducible: boolean;
  sizes: Record<string, number>;
  versions: Record<string, string>;
}

export const askRecord = (plan: () => string, wanted = always) =>
  createQuery(() => ({
    queryKey: ["plan", plan(), "record"],
    queryFn: async () => (await data(server.GET("/v1/plans/{plan_id}/record", of(plan())))) as unknown as SolverRecord,
    enabled: wanted(),
    staleTime: Infinity,
  }));
