import createClient, { type Middleware } from "openapi-fetch";
import type { paths } from "./document";
import { language } from "../words/words.svelte";
import { shareToken } from "./share";
import { Trouble } from "./trouble";

let csrf = "";

/** The token that the service asks of every change made with a session's cookie. */
export function rememberToken(token: string | null | undefined): void {
  csrf = token ?? "";
}

const manners: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept-Language", language.now);
    const shared = shareToken();
    if (shared && request.method === "GET") request.headers.set("Authorization", `Bearer ${shared}`);
    if (request.method !== "GET" && csrf) request.headers.set("X-CSRF-Token", csrf);
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw await Trouble.of(response);
  },
  onError({ error }) {
    return error instanceof Trouble ? error : Trouble.unreachable();
  },
};

/** The service, typed by its own OpenAPI document. Answers that are no success are thrown as `Trouble`. */
export const server = createClient<paths>({ baseUrl: window.location.origin });
server.use(manners);

/** The data of an answer; `server` has thrown already if there is none. */
export async function data<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}
