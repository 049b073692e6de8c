import { createQuery } from "@tanstack/svelte-query";
import { data, server } from "./client";
import type { components } from "./document";

export type Ground = components["schemas"]["ReliefAnswer"] & { address: string };

/** Pictures of the ground that the service has, for under any map that lies there. */
export const askGround = () =>
  createQuery(() => ({
    queryKey: ["ground"],
    queryFn: async (): Promise<Ground[]> =>
      (await data(server.GET("/v1/cases"))).flatMap(({ name, relief }) =>
        relief ? [{ ...relief, address: `${window.location.origin}/v1/cases/${encodeURIComponent(name)}/relief` }] : [],
      ),
    staleTime: Infinity,
  }));
