import { createInfiniteQuery, createQuery } from "@tanstack/svelte-query";
import { data, server } from "./client";
import type { components } from "./document";
import { ifMatch } from "./etag";

export type User = components["schemas"]["UserAnswer"];
export type BasinRole = components["schemas"]["RoleAnswer"];
export type Scope = components["schemas"]["ApiKeyAnswer"]["scopes"][number];
export type Change = components["schemas"]["TrailAnswer"];

const MANY = 200;
const query = { limit: MANY };
const basinAt = (basin: string) => ({ path: { basin_id: basin } });
const userAt = (user: string) => ({ path: { user_id: user } });
const memberAt = (organisation: string, user: string) => ({ path: { organisation_id: organisation, user_id: user } });

export const askUsers = (words: () => string, may: () => boolean) =>
  createQuery(() => ({
    queryKey: ["users", words()],
    queryFn: () => data(server.GET("/v1/users", { params: { query: { ...query, ...(words() ? { q: words() } : {}) } } })),
    enabled: may(),
    placeholderData: (before: { items: User[]; next_cursor?: string | null } | undefined) => before,
  }));
export const makeUser = (body: { email: string; name: string | null; language: string; is_administrator: boolean }) =>
  data(server.POST("/v1/users", { body }));
export const changeUser = (user: User, body: components["schemas"]["UserChange"]) =>
  data(server.PATCH("/v1/users/{user_id}", { params: userAt(user.id), body, headers: ifMatch(user) }));
export const resetPassword = (user: User) => data(server.POST("/v1/users/{user_id}/password-reset", { params: userAt(user.id) }));

export const askOrganisations = () =>
  createQuery(() => ({
    queryKey: ["organisations"],
    queryFn: () => data(server.GET("/v1/organisations", { params: { query } })),
  }));
export const makeOrganisation = (body: components["schemas"]["NewOrganisation"]) =>
  data(server.POST("/v1/organisations", { body }));
export const askMembers = (organisation: () => string) =>
  createQuery(() => ({
    queryKey: ["members", organisation()],
    queryFn: () =>
      data(server.GET("/v1/organisations/{organisation_id}/members", { params: { path: { organisation_id: organisation() } } })),
  }));
export const setMember = (organisation: string, user: string, role: "member" | "administrator") =>
  data(
    server.PUT("/v1/organisations/{organisation_id}/members/{user_id}", {
      params: memberAt(organisation, user),
      body: { role },
    }),
  );
export const removeMember = (organisation: string, user: string) =>
  server.DELETE("/v1/organisations/{organisation_id}/members/{user_id}", { params: memberAt(organisation, user) });

export const askRoles = (basin: () => string) =>
  createQuery(() => ({
    queryKey: ["roles", basin()],
    queryFn: () => data(server.GET("/v1/basins/{basin_id}/roles", { params: { ...basinAt(basin()), query } })),
  }));
export const giveRole = (basin: string, email: string, role: BasinRole["role"]) =>
  data(server.PUT("/v1/basins/{basin_id}/roles", { params: basinAt(basin), body: { email, role } }));
export const changeRole = (basin: string, user: string, role: BasinRole["role"]) =>
  data(
    server.PUT("/v1/basins/{basin_id}/roles/{user_id}", {
      params: { path: { basin_id: basin, user_id: user } },
      body: { role },
    }),
  );
export const takeRole = (basin: string, user: string) =>
  server.DELETE("/v1/basins/{basin_id}/roles/{user_id}", { params: { path: { basin_id: basin, user_id: user } } });

export const askShareLinks = (basin: () => string) =>
  createQuery(() => ({
    queryKey: ["share-links", basin()],
    queryFn: () => data(server.GET("/v1/basins/{basin_id}/share-links", { params: { ...basinAt(basin()), query } })),
  }));
export const makeShareLink = (basin: string, body: components["schemas"]["NewShareLink"]) =>
  data(server.POST("/v1/basins/{basin_id}/share-links", { params: basinAt(basin), body }));
export const revokeShareLink = (basin: string, link: string) =>
  server.DELETE("/v1/basins/{basin_id}/share-links/{link_id}", { params: { path: { basin_id: basin, link_id: link } } });

export const askKeys = () =>
  createQuery(() => ({
    queryKey: ["api-keys"],
    queryFn: () => data(server.GET("/v1/api-keys", { params: { query } })),
  }));
export const makeKey = (body: components["schemas"]["NewApiKey"]) => data(server.POST("/v1/api-keys", { body }));
export const revokeKey = (key: string) => server.DELETE("/v1/api-keys/{key_id}", { params: { path: { key_id: key } } });

interface TrailPage {
  items: Change[];
  next_cursor?: string | null;
}

/** The trail of a basin, or where none is named that of the whole service; newest first, a page at a time. */
export const askTrail = (basin: () => string) =>
  createInfiniteQuery(() => ({
    queryKey: ["trail", basin()],
    queryFn: async ({ pageParam }: { pageParam: string | null }) => {
      const part = { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) };
      const answer = basin()
        ? data(server.GET("/v1/basins/{basin_id}/trail", { params: { ...basinAt(basin()), query: part } }))
        : data(server.GET("/v1/trail", { params: { query: part } }));
      return (await answer) as TrailPage; // a table only where format=csv is asked for
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page: TrailPage) => page.next_cursor ?? null,
  }));
