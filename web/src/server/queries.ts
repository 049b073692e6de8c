import { QueryCache, QueryClient } from "@tanstack/svelte-query";
import { navigate } from "../routes";
import { Trouble } from "./trouble";

const TRIES = 2;

/** Who is not signed in signs in first, and comes back to where they were. */
function signInFirst(trouble: Error): void {
  if (!(trouble instanceof Trouble) || trouble.status !== 401 || window.location.pathname === "/sign-in") return;
  navigate("/sign-in", { search: { back: window.location.pathname + window.location.search } });
}

/** What the page knows of the service: kept half a minute, asked again on failure unless the service has said no. */
export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: signInFirst }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (tried, trouble) => tried < TRIES && !(trouble instanceof Trouble && trouble.status >= 400 && trouble.status < 500),
    },
  },
});
