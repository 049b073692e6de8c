import { createQuery } from "@tanstack/svelte-query";
import { data, server } from "./client";

/** Why a plan is as it is: values, audit, and what the solver did. A plan never changes. */

const of = (plan: string) => ({ params: { path: { plan_id: plan } } });

export const askExplanation = (plan: () => string) =>
  createQuery(() => ({
    queryKey: ["plan", plan(), "explanation"],
    queryFn: () => data(server.GET("/v1/plans/{plan_id}/explanation", of(plan()))),
    staleTime: Infinity,
  }));

export const askAudit = (plan: () => string) =>
  createQuery(() => ({
    queryKey: ["plan", plan(), "audit"],
    queryFn: () => data(server.GET("/v1/plans/{plan_id}/audit", of(plan()))),
    staleTime: Infinity,
  }));

/** What the solver tells of one level of aims. */
export interface LevelRecord {
  order: number;
  objective: string;
  value: number | null;
  bound: number | null;
  unit: string;
  gap_share: number | null;
  solver: { cpu_seconds: number };
}
export interface SolverRecord {
  levels: LevelRecord[];
  seed: number;
  versions: Record<string, string>;
}

export const askRecord = (plan: () => string) =>
  createQuery(() => ({
    queryKey: ["plan", plan(), "record"],
    queryFn: async () => (await data(server.GET("/v1/plans/{plan_id}/record", of(plan())))) as unknown as SolverRecord,
    staleTime: Infinity,
  }));
