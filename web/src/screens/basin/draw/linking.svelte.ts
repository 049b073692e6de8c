import { announce } from "../../../design/announce.svelte";
import type { Tool } from "../../../map/tool";
import type { BasinForm } from "../../../server/basinForm";
import type { BasinMap, Place } from "../../../server/basinMap";
import { t } from "../../../words/words.svelte";
import type { Position } from "./distance";
import { nameOf } from "./editedMap";
import { lineAlong, pointAt } from "./targets";

export type End = "from_node" | "to_node";

/** The places that a link may begin or end at, as the schema says. */
export function endsOf(map: BasinMap, form: BasinForm, end: End): Place[] {
  const tables = form.properties["links"]?.items.properties[end]?.["x-refers-to"] ?? [];
  return map.features.filter(({ properties, geometry }) => tables.includes(properties.table) && geometry.type === "Point");
}

export const titleOf = (place: Place): string => place.properties.title || nameOf(place);
const positionOf = (place: Place) => place.geometry.coordinates as Position;

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** The nearest place in a direction; what lies aside counts as farther off. */
export function nextTowards(places: Place[], from: Position, [east, north]: [number, number]): Place | undefined {
  const narrow = Math.cos((from[1] * Math.PI) / 180);
  const far = (place: Place) => {
    const [x, y] = [(positionOf(place)[0] - from[0]) * narrow, positionOf(place)[1] - from[1]];
    const ahead = x * east + y * north;
    return ahead > 0 ? ahead + 2 * Math.abs(x * north - y * east) : Infinity;
  };
  const best = places.toSorted((one, other) => far(one) - far(other))[0];
  return best && far(best) < Infinity ? best : undefined;
}

/** A link on its way: its two ends, and the place that the arrow keys have come to. */
export class Linking {
  from = $state.raw<Place | null>(null);
  to = $state.raw<Place | null>(null);
  at = $state.raw<Place | null>(null);

  get end(): End {
    return this.from ? "to_node" : "from_node";
  }
  set(end: End, place: Place | null): void {
    if (end === "from_node") this.from = place;
    else this.to = place;
  }
  cancel(): void {
    this.from = this.to = this.at = null;
  }
}

/** Drawing a link: the first place, then the second, by clicks or by arrow keys and Enter. */
export function linkTool(linking: Linking, map: BasinMap, form: BasinForm): Tool & { choose: (id: string) => void } {
  const { from, to, at } = linking;
  const places = endsOf(map, form, linking.end).filter((place) => place.id !== from?.id);
  function choose(id: string) {
    const place = places.find((one) => one.id === id);
    if (!place) return announce(t("mapEdit.noEnd"));
    announce(t(linking.end === "from_node" ? "mapEdit.begins" : "mapEdit.ends", { place: titleOf(place) }));
    linking.set(linking.end, place);
    linking.at = place;
  }
  const aim = to ?? at;
  const lines = from && aim && aim.id !== from.id ? [lineAlong(positionOf(from), positionOf(aim))] : [];
  const points = [from, to, at].filter((place) => place !== null).map((place) => pointAt("point", positionOf(place)));
  return {
    sketch: { type: "FeatureCollection", features: [...lines, ...points] },
    choose,
    key: (event) => {
      if (event.key === "Escape") {
        linking.cancel();
        announce(t("mapEdit.cancelled"));
        return true;
      }
      if (event.key === "Enter" && at) {
        choose(String(at.id));
        return true;
      }
      const way = ARROWS[event.key];
      if (!way || event.shiftKey) return false;
      const next = at ? nextTowards(places, positionOf(at), way) : places[0];
      if (next) {
        linking.at = next;
        announce(titleOf(next));
      }
      return true;
    },
  };
}
