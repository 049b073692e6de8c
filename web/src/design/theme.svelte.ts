/** What may be chosen: light, dark, or as the reader's system is set. */
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEPT = "theme";
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const known = (name: string | null): name is Theme => THEMES.includes(name as Theme);

class ChosenTheme {
  chosen = $state<Theme>("system");
  /** What the page is shown in now. */
  now = $state<"light" | "dark">("light");

  constructor() {
    const kept = localStorage.getItem(KEPT);
    if (known(kept)) this.chosen = kept;
    dark.addEventListener("change", () => this.#show());
    this.#show();
  }

  /** Shows the page so, from now on and at the next visit. */
  choose(name: Theme): void {
    this.chosen = name;
    localStorage.setItem(KEPT, name);
    this.#show();
  }

  #show(): void {
    this.now = this.chosen === "system" ? (dark.matches ? "dark" : "light") : this.chosen;
    document.documentElement.dataset["theme"] = this.now;
  }
}

export const theme = new ChosenTheme();

/** A colour of design.css for what draws by itself, such as maps and charts. Follows the theme where it is used. */
export function colour(name: string): string {
  void theme.now;
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
