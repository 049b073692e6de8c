import { announce } from "../../../design/announce.svelte";
import type { Tool } from "../../../map/tool";
import { t } from "../../../words/words.svelte";
import { figure } from "../../../words/figures";
import { stepAt } from "./distance";
import type { Moving, Target } from "./moving.svelte";
import { lineAlong, pointAt } from "./targets";

interface Chosen {
  /** The points of the chosen place, and which of them the keys move. */
  targets: { target: Target }[];
  which: number;
  /** The only point of another place, which can be taken hold of at once. */
  pointOf: (id: string) => Target | undefined;
  pick: (which: number) => void;
  choose: (id: string) => void;
}

/** Moving a point with a mouse, a finger or the arrow keys. */
export function moveTool(moving: Moving, chosen: () => Chosen, zoomed: (zoom: number) => void): Tool {
  const { targets, which } = chosen();
  const { target, at } = moving;
  const handles = targets.length > 1 ? targets.map(({ target: { at } }, number) => pointAt("handle", at, String(number))) : [];
  const inHand = target && at ? [lineAlong(target.at, at), pointAt("point", at)] : [];
  const still = !target && targets[which] && targets.length > 1 ? [pointAt("point", targets[which].target.at)] : [];
  const said = () => announce(t("mapEdit.moved", { metres: figure(moving.metres) }));
  return {
    sketch: { type: "FeatureCollection", features: [...handles, ...still, ...inHand] },
    key: (event, zoom) => {
      const now = chosen();
      const one = now.targets[now.which]?.target ?? null;
      zoomed(zoom);
      const done = moving.key(event, one, stepAt(zoom, one?.at[1] ?? 0));
      if (done === "moved") said();
      else if (done) announce(t(done === "dropped" ? "mapEdit.kept" : "mapEdit.cancelled"));
      return done !== null;
    },
    take: ({ id, handle }) => {
      const now = chosen();
      if (handle !== undefined) now.pick(Number(handle));
      const one = handle !== undefined ? now.targets[Number(handle)]?.target : id ? now.pointOf(id) : undefined;
      if (one) moving.start(one);
      if (one && id) now.choose(id);
      return one !== undefined;
    },
    to: (at) => moving.to(at),
    drop: () => {
      if (moving.drop()) announce(t("mapEdit.kept"));
    },
    leave: () => {
      moving.cancel();
      announce(t("mapEdit.cancelled"));
    },
  };
}
