/** The state of a row as the service names it in ETag: sent back with a change, so that of two editors the second is told. */
export const etagOf = (row: { id: string; revision: number }): string => `W/"${row.id}-${row.revision}"`;

/** The header of a change to a row; none where there is no row yet. */
export const ifMatch = (row: { id: string; revision: number } | null | undefined): Record<string, string> =>
  row ? { "If-Match": etagOf(row) } : {};
