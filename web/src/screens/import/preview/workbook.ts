import type { Entries } from "./zip";

/** The name of a column of a sheet: A, B, … Z, AA; the first is 0. */
export function lettersOf(column: number): string {
  let letters = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

const columnOf = (cell: string) =>
  [...cell.replace(/\d+$/, "")].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0) - 1;

const parsed = (text: string) => new DOMParser().parseFromString(text, "application/xml");
const all = (within: Document | Element, name: string) => [...within.getElementsByTagNameNS("*", name)];
/** The text of a cell or shared string, without how it is to be read aloud. */
const textOf = (within: Element) =>
  all(within, "t")
    .filter((part) => part.parentElement?.localName !== "rPh")
    .map((part) => part.textContent)
    .join("");

/** The cells of a sheet of a workbook as text, row by row from the first; undefined where there is no such sheet. */
export async function sheetOf(entries: Entries, title: string): Promise<string[][] | undefined> {
  const read = async (path: string) => parsed((await entries.get(path)?.()) ?? "<none/>");
  const wanted = all(await read("xl/workbook.xml"), "sheet").find(
    (sheet) => sheet.getAttribute("name")?.trim().toLowerCase() === title,
  );
  const id = [...(wanted?.attributes ?? [])].find(({ localName, prefix }) => localName === "id" && prefix)?.value;
  const target = all(await read("xl/_rels/workbook.xml.rels"), "Relationship")
    .find((relation) => relation.getAttribute("Id") === id)
    ?.getAttribute("Target");
  if (!wanted || !target) return undefined;
  const shared = all(await read("xl/sharedStrings.xml"), "si").map(textOf);
  const sheet = await read(target.startsWith("/") ? target.slice(1) : `xl/${target}`);
  const rows: string[][] = [];
  for (const row of all(sheet, "row")) {
    const cells: string[] = [];
    for (const cell of all(row, "c")) {
      const place = cell.getAttribute("r");
      cells[place ? columnOf(place) : cells.length] = written(cell, shared);
    }
    rows[row.hasAttribute("r") ? Number(row.getAttribute("r")) - 1 : rows.length] = Array.from(cells, (text) => text ?? "");
  }
  return Array.from(rows, (row) => row ?? []);
}

function written(cell: Element, shared: string[]): string {
  const kind = cell.getAttribute("t") ?? "n";
  if (kind === "inlineStr") return textOf(cell);
  const value = all(cell, "v")[0]?.textContent ?? "";
  if (kind === "s") return shared[Number(value)] ?? "";
  if (kind === "b") return value === "1" ? "true" : "false";
  return kind === "n" && value !== "" ? String(Number(value)) : value;
}
