import { describe, expect, it } from "vitest";
import { pinsOf, threadsOf } from "../src/screens/comments/threads";
import type { Comment } from "../src/server/ask-comments";

const comment = (id: string, more: Partial<Comment> = {}): Comment => ({
  id,
  basin_id: "basin",
  author: { user_id: "sokha", name: "Sokha", speaks_for: null, title: null },
  answer_to: null,
  plan_id: "plan",
  scenario_id: null,
  table: null,
  place: null,
  text: id,
  revision: 1,
  created_at: `2026-11-2${id}T00:00:00Z`,
  updated_at: `2026-11-2${id}T00:00:00Z`,
  deleted_at: null,
  ...more,
});

describe("comments", () => {
  it("come with the newest thread first and its answers oldest first, also answers to answers", () => {
    const all = [comment("5", { answer_to: "3" }), comment("4"), comment("3", { answer_to: "1" }), comment("1")];
    expect(threadsOf(all).map(({ root, answers }) => [root.id, answers.map((answer) => answer.id)])).toEqual([
      ["4", []],
      ["1", ["3", "5"]],
    ]);
  });
  it("are pinned once a place, without those that were deleted", () => {
    const at: [number, number] = [107, 13];
    const places = [{ table: "villages", place: "ta_veng", title: "Ta Veng", at }];
    const there = { table: "villages", place: "ta_veng" };
    const all = [comment("1", there), comment("2", there), comment("3", { ...there, text: null }), comment("4")];
    expect(pinsOf(all, places)).toEqual([{ at, text: "Ta Veng\nSokha: 1\nSokha: 2" }]);
  });
});
