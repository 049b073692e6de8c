import type { LayerSpecification, LngLatBounds, SourceSpecification } from "maplibre-gl";
import { colour, theme } from "../design/theme.svelte";
import type { Ground } from "../server/ask-ground";

/** The pictures of the ground that lie under a part of the map. */
export function under(bounds: LngLatBounds, grounds: Ground[]): Ground[] {
  if (bounds.isEmpty()) return [];
  return grounds.filter(
    ({ west, south, east, north }) =>
      west < bounds.getEast() && bounds.getWest() < east && south < bounds.getNorth() && bounds.getSouth() < north,
  );
}

export function groundSources(grounds: Ground[]): Record<string, SourceSpecification> {
  return Object.fromEntries(
    grounds.map(({ address, west, south, east, north }) => [
      `ground ${address}`,
      {
        type: "image",
        url: address,
        coordinates: [
          [west, north],
          [east, north],
          [east, south],
          [west, south],
        ],
      },
    ]),
  );
}

/** The lowest layers of every map: a pale ground and, where a picture of it is known, its relief. */
export function groundLayers(grounds: Ground[]): LayerSpecification[] {
  return [
    { id: "ground", type: "background", paint: { "background-color": colour("--map-ground") } },
    ...grounds.map(({ address }): LayerSpecification => ({
      id: `ground ${address}`,
      type: "raster",
      source: `ground ${address}`,
      paint: { "raster-opacity": theme.now === "dark" ? 0.75 : 0.6, "raster-fade-duration": 0 },
    })),
  ];
}
