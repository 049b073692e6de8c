import { data, server } from "./client";
import type { components } from "./document";
import { ifMatch } from "./etag";

type User = components["schemas"]["UserAnswer"];

export const changeOwn = (user: User, body: components["schemas"]["OwnChange"]) =>
  data(server.PATCH("/v1/users/me", { body, headers: ifMatch(user) }));

export const changeOwnPassword = (oldPassword: string, newPassword: string) =>
  server.POST("/v1/users/me/password", { body: { old_password: oldPassword, new_password: newPassword } });

/** Erases one's own account; it cannot be undone. */
export const deleteOwn = () => server.DELETE("/v1/users/{user_id}", { params: { path: { user_id: "me" } } });
