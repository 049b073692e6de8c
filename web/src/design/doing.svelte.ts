import { announce } from "./announce.svelte";

/** Something that a person asked to be done: what went wrong with it, and whether it is under way. */
export class Doing {
  trouble = $state<unknown>(null);
  busy = $state(false);

  /** Does it, says so to those who do not see the page change, and keeps what went wrong. Comes back with what was made. */
  async run<T>(work: () => Promise<T>, said = ""): Promise<T | undefined> {
    this.trouble = null;
    this.busy = true;
    try {
      const made = await work();
      if (said) announce(said);
      return made;
    } catch (trouble) {
      this.trouble = trouble;
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}
