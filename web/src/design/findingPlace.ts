import type { Finding } from "../server/basinFile";
import type { BasinForm } from "../server/basinForm";
import { t } from "../words/words.svelte";

const SHEET = /^Sheet (?<sheet>.+?)(?:, (?:cell (?<cell>[A-Z]+\d+)|row (?<row>\d+)|column (?<column>[A-Z]+)))?$/;
const FEATURE = /^\/features\/(?<feature>\d+)/;

/**
 * Where a finding is, in words: sheet and cell, file and line, place in the map, or table, line and column. With a form, tables
 * and columns are called by their titles; without, as the file calls them.
 */
export function placeInWords(finding: Finding, form?: BasinForm): string {
  const { where, row } = finding;
  const titled = form?.properties[finding.table ?? ""];
  const table = titled?.title ?? finding.table;
  const column = titled?.items?.properties[finding.column ?? ""]?.title ?? finding.column;
  const sheet = SHEET.exec(where ?? "")?.groups;
  if (sheet)
    return [
      t("findings.sheet", { sheet: sheet["sheet"] }),
      sheet["cell"] && t("findings.cell", { cell: sheet["cell"] }),
      sheet["row"] && t("findings.row", { row: sheet["row"] }),
      sheet["column"] && t("findings.column", { column: sheet["column"] }),
      column,
    ]
      .filter(Boolean)
      .join(", ");
  const feature = FEATURE.exec(where ?? "")?.groups;
  if (feature)
    return [t("findings.feature", { number: Number(feature["feature"]) + 1 }), table, column].filter(Boolean).join(", ");
  if (where && !where.startsWith("/")) return where;
  // A document has no lines: its rows are counted from 1, where a file's first row stands in line 2.
  const line = where ? t("findings.entry", { number: (row ?? 2) - 1 }) : t("findings.line", { line: row });
  return [table, row ? line : "", column].filter(Boolean).join(", ");
}
