import type { components } from "./document";
import { data, server } from "./client";

type Checked = components["schemas"]["CheckAnswer"];
export type Finding = components["schemas"]["FindingAnswer"];

export const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const MEDIA_TYPES: Record<string, string> = {
  json: "application/json",
  zip: "application/zip",
  xlsx: XLSX,
  geojson: "application/geo+json",
};

/** What a file chooser offers. */
export const ACCEPTED = Object.keys(MEDIA_TYPES)
  .map((ending) => `.${ending}`)
  .join(",");

/** The media type of a basin's file by how its name ends; undefined where it is none that a basin comes in. */
export const mediaTypeOf = (file: File): string | undefined => MEDIA_TYPES[file.name.split(".").at(-1)?.toLowerCase() ?? ""];

/** Whether the file is a map, which takes what it does not hold from another basin. */
export const isMap = (file: File): boolean => mediaTypeOf(file) === MEDIA_TYPES["geojson"];

const sent = (file: File) => ({
  body: file as never,
  bodySerializer: (body: unknown) => body as File,
  headers: { "Content-Type": mediaTypeOf(file) ?? "application/octet-stream" },
});

/** What importing the file would say; nothing is kept. */
export const checkFile = (file: File, rest: string): Promise<Checked> =>
  data(server.POST("/v1/basins/check", { ...sent(file), params: { query: rest ? { rest_from: rest } : {} } }));

/** Makes a basin of a file. */
export const importFile = (file: File, organisation: string, title: string, rest: string) =>
  data(
    server.POST("/v1/basins/import", {
      ...sent(file),
      params: { query: { organisation_id: organisation, ...(title ? { title } : {}), ...(rest ? { rest_from: rest } : {}) } },
    }),
  );
