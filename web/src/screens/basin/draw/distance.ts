/** Longitude and latitude in degrees. */
export type Position = [number, number];

const EARTH_RADIUS_M = 6_371_009;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** The straight distance over the ground, in metres (haversine). */
export function metresBetween([west, south]: Position, [east, north]: Position): number {
  const part =
    Math.sin(radians(north - south) / 2) ** 2 +
    Math.cos(radians(south)) * Math.cos(radians(north)) * Math.sin(radians(east - west) / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(part)));
}

const METRES_A_DEGREE = (Math.PI / 180) * EARTH_RADIUS_M;
/** About a metre: finer than anybody knows where a village is. */
const DECIMALS = 5;
const rounded = (degrees: number) => Number(degrees.toFixed(DECIMALS));

/** A position as it is kept, within what longitude and latitude can be. */
export const kept = ([longitude, latitude]: Position): Position => [
  rounded(Math.max(-180, Math.min(180, longitude))),
  rounded(Math.max(-90, Math.min(90, latitude))),
];

/** The position so many metres to the east and to the north. */
export function beside([longitude, latitude]: Position, east: number, north: number): Position {
  const narrow = Math.max(0.01, Math.cos(radians(latitude)));
  return kept([longitude + east / (METRES_A_DEGREE * narrow), latitude + north / METRES_A_DEGREE]);
}

const STEP_PX = 4;
const STEP_AT_LEAST_M = 2;

/** A step that can just be seen at a zoom, as a round number of metres. */
export function stepAt(zoom: number, latitude: number): number {
  const metresAPixel = (METRES_A_DEGREE * 360 * Math.cos(radians(latitude))) / (512 * 2 ** zoom);
  const seen = Math.max(STEP_AT_LEAST_M, STEP_PX * metresAPixel);
  const power = 10 ** Math.floor(Math.log10(seen));
  return power * (seen / power < 1.5 ? 1 : seen / power < 3.5 ? 2 : seen / power < 7.5 ? 5 : 10);
}
