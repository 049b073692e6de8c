/** The words of one screen. */
export type Part = Record<string, unknown>;

/** The words of all screens of a language, each screen's in a file of its own. */
export function joined(parts: Record<string, Part>): Part {
  return Object.assign({}, ...Object.values(parts)) as Part;
}
