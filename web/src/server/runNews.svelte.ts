import { data, server } from "./client";
import type { components } from "./document";

type RunEvent = components["schemas"]["RunEventAnswer"];
type RunEventPage = components["schemas"]["RunEventPage"];

/** Where a run stood at a moment: best plan and proven bound of an aim, in its unit. */
export interface Point {
  objective: string;
  unit: string;
  phase: string;
  seconds: number;
  incumbent: number | null;
  bound: number | null;
  gap: number | null;
}

const KINDS: readonly RunEvent["kind"][] = ["queued", "started", "progress", "taken_over", "cancel_requested", "ended"];
const POLL_MS = 2000;

/** News of a run as it comes: by a stream that goes on where it broke, or by asking every two seconds. */
export class RunNews {
  points = $state.raw<Point[]>([]);
  phase = $state("");
  /** Seconds since the worker began, as it said last, and when that was heard. */
  heard = $state.raw<{ seconds: number; at: number } | null>(null);
  way = $state<"stream" | "asking" | "over">("stream");
  #last = 0;
  #attempt = 0;
  #stream: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(
    readonly run: string,
    readonly ended: () => void,
  ) {
    this.#listen();
  }

  close(): void {
    this.#closed = true;
    this.#stream?.close();
    clearTimeout(this.#timer);
  }

  #listen(): void {
    const stream = new EventSource(`/v1/runs/${this.run}/events?after=${this.#last}`);
    this.#stream = stream;
    for (const kind of KINDS)
      stream.addEventListener(kind, (event) => {
        this.way = "stream";
        this.#take([JSON.parse((event as MessageEvent<string>).data) as RunEvent]);
      });
    // While it connects again by itself the browser says CONNECTING; CLOSED means that it will not: we ask instead.
    stream.onerror = () => {
      if (stream.readyState === EventSource.CLOSED && !this.#closed && this.way !== "over") void this.#ask();
    };
  }

  async #ask(): Promise<void> {
    this.way = "asking";
    let over = false;
    try {
      const page = (await data(
        server.GET("/v1/runs/{run_id}/events", {
          params: { path: { run_id: this.run }, query: { after: this.#last, limit: 500 } },
        }),
      )) as RunEventPage;
      this.#take(page.items);
      over = page.ended && page.next_cursor === null;
    } catch {
      // The next time may find the service again; the screen says meanwhile that it cannot be reached.
    }
    if (over) this.way = "over";
    else if (!this.#closed) this.#timer = setTimeout(() => void this.#ask(), POLL_MS);
  }

  #take(news: RunEvent[]): void {
    const points: Point[] = [];
    for (const event of news) {
      if (event.sequence <= this.#last) continue;
      this.#last = event.sequence;
      if (event.kind === "started" && event.attempt !== this.#attempt) {
        this.#attempt = event.attempt;
        this.points = [];
        this.heard = { seconds: 0, at: performance.now() };
      }
      if (event.kind === "progress") points.push(this.#point(event.data));
      if (event.kind === "ended") {
        this.way = "over";
        this.#stream?.close();
        this.ended();
      }
    }
    if (points.length) this.points = [...this.points, ...points.filter((point) => point.objective)];
  }

  #point(told: Record<string, unknown>): Point {
    const point = {
      objective: String(told.objective ?? ""),
      unit: String(told.unit ?? ""),
      phase: String(told.phase ?? ""),
      seconds: Number(told.elapsed_seconds ?? 0),
      incumbent: (told.incumbent as number | null) ?? null,
      bound: (told.bound as number | null) ?? null,
      gap: (told.gap as number | null) ?? null,
    };
    this.phase = point.phase;
    this.heard = { seconds: point.seconds, at: performance.now() };
    return point;
  }
}
