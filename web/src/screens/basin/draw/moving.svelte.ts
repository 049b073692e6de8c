import type { Row } from "../../../server/ask-basins";
import type { Edit } from "../edits.svelte";
import { beside, kept, metresBetween, type Position } from "./distance";

/** A point that can be moved: the row whose longitude and latitude it is. */
export interface Target {
  table: string;
  key: Row;
  at: Position;
}

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
const FAST = 10;

/** A point on its way to another place; nothing is changed until it is put down. */
export class Moving {
  target = $state.raw<Target | null>(null);
  at = $state.raw<Position | null>(null);
  readonly #add: (step: Edit[]) => void;

  constructor(add: (step: Edit[]) => void) {
    this.#add = add;
  }

  /** How far the point is from where it was, in metres. */
  get metres(): number {
    return this.target && this.at ? metresBetween(this.target.at, this.at) : 0;
  }
  start(target: Target): void {
    this.target = target;
    this.at = target.at;
  }
  to(at: Position): void {
    if (this.target) this.at = kept(at);
  }
  cancel(): void {
    this.target = null;
    this.at = null;
  }
  /** Puts the point down where it is now: an edit of its longitude and latitude, in one step. Whether it was moved at all. */
  drop(): boolean {
    const { target, at } = this;
    this.cancel();
    if (!target || !at || String(at) === String(target.at)) return false;
    const { table, key } = target;
    this.#add([
      { table, key, column: "longitude", value: at[0] },
      { table, key, column: "latitude", value: at[1] },
    ]);
    return true;
  }
  /** Moves a point by a key, a step of so many metres or ten; puts it down or lets it be. Whether the key was one for this. */
  key(event: KeyboardEvent, chosen: Target | null, step: number): "moved" | "dropped" | "cancelled" | null {
    const way = ARROWS[event.key];
    if (way && (this.target ?? chosen)) {
      if (!this.target && chosen) this.start(chosen);
      const far = step * (event.shiftKey ? FAST : 1);
      this.at = beside(this.at!, way[0] * far, way[1] * far);
      return "moved";
    }
    if (!this.target) return null;
    if (event.key === "Enter") return this.drop() ? "dropped" : "cancelled";
    if (event.key !== "Escape") return null;
    this.cancel();
    return "cancelled";
  }
}
