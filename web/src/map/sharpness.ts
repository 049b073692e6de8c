import type { Map } from "maplibre-gl";

/** A mean time of frames, in milliseconds: above the first they are seen as jerks, below the other there is time to spare. */
const JERKY = 36;
const EASY = 18;
const FRAMES = 5;
const SHARE_WHILE_MOVING = 0.5;
/** Between two turns of a wheel a map rests too, for less than this, in milliseconds. */
const REST = 200;

/**
 * Keeps a map moving smoothly where the machine is slow, as one that draws by its processor: there it is drawn with half as
 * many pixels in width and height while it moves, and with all of them once it rests. Where frames come in time it always has all.
 */
export function keepMoving(map: Map): void {
  let slow = false;
  let coarse = false;
  let mean = 0;
  let watching = 0;
  let resting: ReturnType<typeof setTimeout> | undefined;

  /** Draws with a ratio of pixels from now on, or with null again as the screen has them. */
  function draw(ratio: number | null): void {
    coarse = ratio !== null;
    // As setPixelRatio does it, which would also end the movement.
    map._overridePixelRatio = ratio;
    map._resizeInternal();
    map.triggerRepaint();
  }
  const coarsen = () => {
    if (!coarse) draw(window.devicePixelRatio * SHARE_WHILE_MOVING);
  };
  function watch(): void {
    const times: number[] = [];
    const look = (now: number) => {
      times.push(now);
      if (times.length > FRAMES) {
        mean = (now - times.shift()!) / FRAMES;
        if (mean > JERKY) {
          slow = true;
          coarsen();
        }
      }
      watching = requestAnimationFrame(look);
    };
    watching = requestAnimationFrame(look);
  }

  function stop(): void {
    cancelAnimationFrame(watching);
    clearTimeout(resting);
  }

  map.on("movestart", () => {
    stop();
    mean = 0;
    if (slow) coarsen();
    watch();
  });
  map.on("moveend", () => cancelAnimationFrame(watching));
  map.on("idle", () => {
    if (!coarse) return;
    clearTimeout(resting);
    resting = setTimeout(() => {
      slow = mean === 0 || mean > EASY;
      draw(null);
    }, REST);
  });
  map.on("remove", stop);
}
