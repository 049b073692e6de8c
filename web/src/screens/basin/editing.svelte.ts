import type { Row } from "../../server/ask-basins";
import { Trouble } from "../../server/trouble";
import type { LocatedFinding } from "./changes";
import { Edits, type Edit } from "./edits.svelte";

/** A cell to go to: its row by key columns, or by its place among the table's rows. */
export interface Picked {
  table: string;
  row: Row | number;
  column: string | null;
}

/** What somebody is changing in a basin, the same on its map and in its tables, and what the checks say of it. */
export class Editing {
  readonly edits = new Edits();
  findings = $state.raw<LocatedFinding[]>([]);
  /** Which rows go with those that are removed, in words. */
  going = $state("");
  trouble = $state<unknown>(null);
  /** The cell to show in its table, until it is shown. */
  picked = $state.raw<Picked | null>(null);
  /** The place to bring before the reader on the map, until it is. */
  sought = $state<string | null>(null);

  /** Somebody else has saved a newer version meanwhile. */
  get conflict(): boolean {
    return this.trouble instanceof Trouble && this.trouble.status === 412;
  }
  get blocked(): boolean {
    return this.findings.some((finding) => finding.severity === "error");
  }
  readonly add = (step: Edit[]): void => {
    this.trouble = null;
    this.edits.add(step);
  };
}
