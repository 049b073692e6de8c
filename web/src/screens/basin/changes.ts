import type { components } from "../../server/document";
import { data, server } from "../../server/client";
import type { Finding } from "../../server/basinFile";
import type { Row } from "../../server/ask-basins";
import type { BasinForm } from "../../server/basinForm";
import { keyOf, type Change } from "./edits.svelte";

export type EditedBasin = components["schemas"]["BasinAnswer"] & { etag: string };

const sent = (basin: EditedBasin, changes: Change[], note: string, dry_run: boolean) =>
  data(
    server.POST("/v1/basins/{basin_id}/changes", {
      params: { path: { basin_id: basin.id }, query: { dry_run, limit: 1 }, header: { "If-Match": basin.etag } as never },
      headers: { "If-Match": basin.etag },
      body: { changes, note } as never,
    }),
  );

/** The key of the row that a change is about. */
export const rowOf = (change: Change, form: BasinForm): Row =>
  "where" in change ? change.where : keyOf(form, change.table, change.add);

/** A finding, and the change it is about where it is about one. */
export type LocatedFinding = Finding & { edited?: Change };

/** What is said of a change is said of the row and column that it changes. */
export function located(findings: Finding[], changes: Change[], form: BasinForm): LocatedFinding[] {
  return findings.map((finding) => {
    const [, index, column] = /^\/changes\/(\d+)\/(?:set|where|add(?:\/\d+)?)\/(.+)$/.exec(finding.where ?? "") ?? [];
    const edited = changes[Number(index)];
    if (!edited || !column) return finding;
    const table = form.properties[edited.table];
    const where = [table?.title, ...Object.values(rowOf(edited, form)), table?.items.properties[column]?.title].join(", ");
    return { ...finding, table: edited.table, column, where, edited };
  });
}

/** What the checks would say of the basin with these changes, and what would differ; nothing is kept. */
export const checked = (basin: EditedBasin, changes: Change[]) => sent(basin, changes, "", true);

/** Makes a new version with these changes; its number. */
export const saved = async (basin: EditedBasin, changes: Change[], note: string): Promise<number> =>
  (await sent(basin, changes, note, false)).version?.number ?? basin.latest_version;
