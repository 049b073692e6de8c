import i18next from "i18next";
import en from "./en";
import { digitsOf } from "./signs";

/** The languages of the page, each in its own name. */
export const LANGUAGES = {
  en: "English",
  km: "ខ្មែរ",
  lo: "ລາວ",
  my: "မြန်မာ",
  th: "ไทย",
  vi: "Tiếng Việt",
  zh: "中文",
} as const;
export type Language = keyof typeof LANGUAGES;

const KEPT = "language";
const OTHERS: Record<Exclude<Language, "en">, () => Promise<{ default: object }>> = {
  km: () => import("./km"),
  lo: () => import("./lo"),
  my: () => import("./my"),
  th: () => import("./th"),
  vi: () => import("./vi"),
  zh: () => import("./zh"),
};

/** The letters that we bring for a language (design.css), and one of them. */
const LETTERS: Partial<Record<Language, [string, string]>> = {
  km: ["Noto Sans Khmer Variable", "ក"],
  lo: ["Noto Sans Lao Variable", "ກ"],
  my: ["Noto Sans Myanmar", "က"],
  th: ["Noto Sans Thai Variable", "ก"],
};

const known = (name: string | null): name is Language => name !== null && name in LANGUAGES;

function wanted(): Language {
  const asked = new URLSearchParams(window.location.search).get("language") ?? localStorage.getItem(KEPT);
  if (known(asked)) return asked;
  return navigator.languages.map((name) => name.slice(0, 2)).find(known) ?? "en";
}

class Chosen {
  now = $state<Language>("en");

  /** Fetches the words of a language and shows the page in it. */
  async choose(name: Language): Promise<void> {
    if (name !== "en" && !i18next.hasResourceBundle(name, "translation"))
      i18next.addResourceBundle(name, "translation", (await OTHERS[name]()).default);
    // Where its letters lie takes a third of the weight of a page to say: only those who read Chinese are told.
    if (name === "zh") await import("@fontsource-variable/noto-sans-sc/index.css");
    const [letters, sample] = LETTERS[name] ?? [];
    if (letters) await Promise.allSettled([document.fonts.load(`1em "${letters}"`, sample)]);
    await i18next.changeLanguage(name);
    localStorage.setItem(KEPT, name);
    document.documentElement.lang = name;
    this.now = name;
  }
}

export const language = new Chosen();

/** Text that is drawn before its letters are here would stay as empty boxes in Chromium: it is drawn anew when they come. */
function drawAnewWithLetters(): void {
  let times = 0;
  document.fonts.addEventListener("loadingdone", () => {
    document.body.style.fontFeatureSettings = `"drwn" ${++times}`;
  });
}

/** Starts in the language of the address (`?language=km`), of the last visit, or of the browser. */
export async function startWords(): Promise<void> {
  await i18next.init({
    lng: "en",
    fallbackLng: "en",
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
  });
  drawAnewWithLetters();
  await language.choose(wanted());
}

/** A text in the chosen language, with its digits; `t("home.plans", { count: 3 })`. Follows the language where it is shown. */
export function t(key: string, values: Record<string, unknown> = {}): string {
  const told = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === "number" ? digitsOf(String(value), language.now) : value,
  ]);
  return i18next.t(key, { ...values, replace: Object.fromEntries(told), lng: language.now });
}
