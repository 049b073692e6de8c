import type { Map } from "maplibre-gl";

/** Maps that move together: what one shows, all show. */
export class Together {
  #maps = new Set<Map>();
  #following = false;

  /** Takes a map in; what comes back lets it go. */
  add(map: Map): () => void {
    this.#maps.add(map);
    map.on("move", () => this.#follow(map));
    return () => void this.#maps.delete(map);
  }

  #follow(leader: Map): void {
    if (this.#following) return;
    this.#following = true;
    for (const map of this.#maps) if (map !== leader) map.jumpTo({ center: leader.getCenter(), zoom: leader.getZoom() });
    this.#following = false;
  }
}
