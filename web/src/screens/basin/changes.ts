import type { components } from "../../server/document";
import { data, server } from "../../server/client";
import type { Finding } from "../../server/basinFile";
import type { Change } from "./edits.svelte";

export type EditedBasin = components["schemas"]["BasinAnswer"] & { etag: string };

const sent = (basin: EditedBasin, changes: Change[], note: string, dry_run: boolean) =>
  data(
    server.POST("/v1/basins/{basin_id}/changes", {
      params: { path: { basin_id: basin.id }, query: { dry_run, limit: 1 }, header: { "If-Match": basin.etag } as never },
      headers: { "If-Match": basin.etag },
      body: { changes, note } as never,
    }),
  );

/** What the checks would say of the basin with these changes; nothing is kept. */
export const checked = async (basin: EditedBasin, changes: Change[]): Promise<Finding[]> =>
  (await sent(basin, changes, "", true)).findings;

/** Makes a new version with these changes; its number. */
export const saved = async (basin: EditedBasin, changes: Change[], note: string): Promise<number> =>
  (await sent(basin, changes, note, false)).version?.number ?? basin.latest_version;
