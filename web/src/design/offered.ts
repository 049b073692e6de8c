/** So many names a browser's list takes at once. */
const AT_ONCE = 500;
/** So many are worth reading of those that match. */
const MATCHES = 50;

/** The names that a field offers: all where they are few, else of those with the text in them the first, those that begin with it before the others. */
export function offered(names: readonly string[], text: string): string[] {
  const unlike = [...new Set(names)];
  if (unlike.length <= AT_ONCE) return unlike;
  const sought = text.trim().toLocaleLowerCase();
  if (!sought) return [];
  const found = unlike.filter((name) => name.toLocaleLowerCase().includes(sought));
  const begins = (name: string) => Number(!name.toLocaleLowerCase().startsWith(sought));
  return found.toSorted((a, b) => begins(a) - begins(b)).slice(0, MATCHES);
}

/** Whether a list of so many choices is made only when somebody turns to it. */
export const isLong = (choices: number): boolean => choices > AT_ONCE;
