const KEPT = "share-link";
const MARK = "#share=";

// The token stands behind the #, so that no server writes it down; it is kept as long as the tab is open.
if (window.location.hash.startsWith(MARK)) {
  sessionStorage.setItem(KEPT, window.location.hash.slice(MARK.length));
  history.replaceState(null, "", window.location.pathname + window.location.search);
}

/** The token of the share link that the page was opened by; null: it was not. */
export const shareToken = (): string | null => sessionStorage.getItem(KEPT);

/** The address that opens a plan, or where none is named the list of basins, by a share link. */
export const sharedAddress = (token: string, plan: string | null): string =>
  `${window.location.origin}${plan ? `/plans/${plan}` : "/"}${MARK}${token}`;

/** Who signs in no longer needs the link. */
export const forgetShare = (): void => sessionStorage.removeItem(KEPT);
