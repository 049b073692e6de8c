import { QueryClient } from "@tanstack/svelte-query";
import { Trouble } from "./trouble";

const TRIES = 2;

/** What the page knows of the service: kept half a minute, asked again on failure unless the service has said no. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (tried, trouble) => tried < TRIES && !(trouble instanceof Trouble && trouble.status >= 400 && trouble.status < 500),
    },
  },
});
