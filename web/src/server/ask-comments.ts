import { createQuery } from "@tanstack/svelte-query";
import { data, server } from "./client";
import type { components } from "./document";
import { ifMatch } from "./etag";

export type Comment = components["schemas"]["CommentAnswer"];
export type NewComment = components["schemas"]["NewComment"];

const MANY = 200;

/** The newest comments on a plan; they are for those who are signed in. */
export const askComments = (basin: () => string, plan: () => string, signedIn: () => boolean) =>
  createQuery(() => ({
    enabled: signedIn(),
    queryKey: ["comments", basin(), plan()],
    queryFn: () =>
      data(
        server.GET("/v1/basins/{basin_id}/comments", {
          params: { path: { basin_id: basin() }, query: { plan: plan(), limit: MANY } },
        }),
      ),
  }));

export const makeComment = (basin: string, body: NewComment) =>
  data(server.POST("/v1/basins/{basin_id}/comments", { params: { path: { basin_id: basin } }, body }));

export const deleteComment = (comment: Comment) =>
  server.DELETE("/v1/comments/{comment_id}", { params: { path: { comment_id: comment.id } }, headers: ifMatch(comment) });
