/** The shapes of a basin's places, drawn once: a village is a circle, a source a drop, treatment a square, wastewater a diamond. */
export type Sign = "villages" | "sources" | "treatment_sites" | "wastewater_sites";

const CENTRE = 12;
const REACH = 9;

const PATHS: Record<Sign, string> = {
  villages: "M12 4.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 1 1 0-15z",
  sources: "M12 2c3 4.5 6.5 8 6.5 12a6.5 6.5 0 0 1-13 0c0-4 3.5-7.5 6.5-12z",
  treatment_sites: `M${CENTRE - REACH + 2} ${CENTRE - REACH + 2}h14v14h-14z`,
  wastewater_sites: `M${CENTRE} ${CENTRE - REACH}L${CENTRE + REACH} ${CENTRE}L${CENTRE} ${CENTRE + REACH}L${CENTRE - REACH} ${CENTRE}z`,
};
export const SIGNS = Object.keys(PATHS) as Sign[];
export const pathOf = (sign: Sign): string => PATHS[sign];

/** The colours of the signs by the names of design.css. */
export const COLOURS: Record<Sign, string> = {
  villages: "--ground",
  sources: "--water",
  treatment_sites: "--accent",
  wastewater_sites: "--worse",
};

/** A sign as pixels, twice as fine as it is shown. */
export function pixelsOf(sign: Sign, fill: string, edge: string): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 48;
  const pen = canvas.getContext("2d", { willReadFrequently: true })!;
  pen.scale(2, 2);
  const path = new Path2D(PATHS[sign]);
  pen.fillStyle = fill;
  pen.strokeStyle = edge;
  pen.lineWidth = 1.5;
  pen.fill(path);
  pen.stroke(path);
  return pen.getImageData(0, 0, 48, 48);
}
