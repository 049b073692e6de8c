import { mediaTypeOf, XLSX, type Finding } from "../../../server/basinFile";
import { cellsOf } from "./csv";
import { sheetOf } from "./workbook";
import { entriesOf } from "./zip";

/** A file that was chosen, opened on this machine to show what stands around a finding. */
export interface Opened {
  /** Columns are called by letters, as in a spreadsheet. */
  lettered: boolean;
  /** The cells of a table as text; the header is the first row, so that the row at n - 1 is the file's line n. */
  table: (name: string) => Promise<string[][] | undefined>;
  /** The line of its table that a finding is about, as far as it says. */
  lineOf: (finding: Finding) => number | null;
}

type Plain = Record<string, unknown>;
const isPlain = (value: unknown): value is Plain => typeof value === "object" && value !== null && !Array.isArray(value);
const written = (value: unknown) =>
  value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);

/** Rows of objects as cells, with the columns in the order in which they come up. */
function cellsOfRows(rows: Plain[]): string[][] {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [columns, ...rows.map((row) => columns.map((column) => written(row[column])))];
}

function ofDocument(content: unknown, name: string): string[][] | undefined {
  const table = isPlain(content) ? content[name] : undefined;
  if (Array.isArray(table)) return cellsOfRows(table.map((row) => (isPlain(row) ? row : {})));
  return isPlain(table) ? Object.entries(table).map(([key, value]) => [key, written(value)]) : undefined;
}

/** A feature of a map as a row of its table: its properties, with the place that a point is at. */
function rowOf(feature: unknown): { table: string; row: Plain } {
  const { id, properties, geometry } = isPlain(feature) ? feature : {};
  const { table = String(id).split("/")[0], ...row } = isPlain(properties) ? properties : {};
  const shape = isPlain(geometry) && geometry["type"] === "Point" ? geometry["coordinates"] : undefined;
  const [longitude, latitude] = Array.isArray(shape) ? (shape as unknown[]) : [];
  return { table: String(table), row: { ...row, ...(longitude === undefined ? {} : { longitude, latitude }) } };
}

const FEATURE = /^\/features\/(\d+)/;

function ofMap(content: unknown): Opened {
  const features = isPlain(content) && Array.isArray(content["features"]) ? content["features"].map(rowOf) : [];
  return {
    lettered: false,
    table: async (name) => {
      const rows = features.filter(({ table }) => table === name);
      return rows.length ? cellsOfRows(rows.map(({ row }) => row)) : undefined;
    },
    // The row of a map's table is the feature that the finding points at.
    lineOf: ({ where, table }) => {
      const feature = FEATURE.exec(where ?? "")?.[1];
      if (feature === undefined || features[Number(feature)]?.table !== table) return null;
      return features.slice(0, Number(feature)).filter((one) => one.table === table).length + 2;
    },
  };
}

/** Opens a file by its kind. Raises where it is broken. */
export async function opened(file: File): Promise<Opened> {
  const kind = mediaTypeOf(file);
  const lineOf = ({ row }: Finding) => row ?? null;
  if (kind === "application/zip" || kind === XLSX) {
    const entries = await entriesOf(file);
    if (kind === XLSX) return { lettered: true, lineOf, table: (name) => sheetOf(entries, name) };
    const path = (name: string) =>
      [...entries.keys()].find((one) => one.split("/").at(-1) === name && !one.startsWith("__MACOSX"));
    const text = async (name: string) => entries.get(path(name) ?? "")?.();
    return {
      lettered: false,
      lineOf,
      table: async (name) => {
        if (name === "basin") return (await text(`${name}.yaml`))?.split("\n").map((line) => [line]);
        const csv = await text(`${name}.csv`);
        return csv === undefined ? undefined : cellsOf(csv);
      },
    };
  }
  const content: unknown = JSON.parse(await file.text());
  if (kind === "application/geo+json") return ofMap(content);
  return { lettered: false, lineOf, table: async (name) => ofDocument(content, name) };
}
