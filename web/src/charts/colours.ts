/** The colour that the design gives a name, for what is drawn without CSS. */
export const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const SERIES = 6;

/** The colour of a series by its place. Charts also give each its own pattern, so that none is told by colour alone. */
export const seriesColour = (place: number): string => colour(`--series-${place % SERIES}`);
export const PATTERNS = { enabled: true, decal: { show: true }, label: { enabled: false } };
