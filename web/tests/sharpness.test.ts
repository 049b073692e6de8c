import type { Map } from "maplibre-gl";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepMoving } from "../src/map/sharpness";

/** What the map does for it: it tells of movements, and takes another number of pixels without ending one. */
class MapInHand {
  _overridePixelRatio: number | null | undefined;
  resized = 0;
  #heard = new globalThis.Map<string, () => void>();
  on = (event: string, hear: () => void) => void this.#heard.set(event, hear);
  tell = (event: string) => this.#heard.get(event)?.();
  _resizeInternal = () => void this.resized++;
  triggerRepaint = () => undefined;
}

let next: ((now: number) => void) | null = null;
let now = 0;
/** Frames come one after the other, so many milliseconds apart. */
function frames(count: number, apart: number): void {
  for (let frame = 0; frame < count; frame++) {
    const draw = next;
    next = null;
    draw?.((now += apart));
  }
}
function rests(map: MapInHand): void {
  map.tell("idle");
  vi.advanceTimersByTime(1_000);
}
function moved(): MapInHand {
  const map = new MapInHand();
  keepMoving(map as unknown as Map);
  map.tell("movestart");
  return map;
}

describe("a map that is moved", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    vi.stubGlobal("window", { devicePixelRatio: 2 });
    vi.stubGlobal("requestAnimationFrame", (draw: (now: number) => void) => ((next = draw), 1));
    vi.stubGlobal("cancelAnimationFrame", () => (next = null));
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it("keeps all its pixels where frames come in time", () => {
    const map = moved();
    frames(100, 17);
    map.tell("moveend");
    rests(map);
    expect(map._overridePixelRatio).toBeUndefined();
    expect(map.resized).toBe(0);
  });

  it("has half of them in width and height where frames are slow, and all again once it rests", () => {
    const map = moved();
    frames(6, 60);
    expect(map._overridePixelRatio).toBe(1);
    frames(20, 30);
    expect(map.resized).toBe(1);
    map.tell("moveend");
    rests(map);
    expect(map._overridePixelRatio).toBeNull();
    rests(map);
    expect(map.resized).toBe(2);
  });

  it("stays as it is from one turn of a wheel to the next", () => {
    const map = moved();
    frames(6, 60);
    map.tell("moveend");
    map.tell("idle");
    vi.advanceTimersByTime(100);
    map.tell("movestart");
    vi.advanceTimersByTime(1_000);
    expect(map.resized).toBe(1);
  });

  it("is slow from the next movement's beginning, until half of its pixels are more than easy", () => {
    const map = moved();
    frames(6, 60);
    frames(20, 30);
    map.tell("moveend");
    rests(map);
    map.tell("movestart");
    expect(map._overridePixelRatio).toBe(1);
    frames(20, 10);
    map.tell("moveend");
    rests(map);
    map.tell("movestart");
    expect(map._overridePixelRatio).toBeNull();
  });
});
