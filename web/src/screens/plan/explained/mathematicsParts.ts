/** A family of the model: what it is called, and what is drawn of it once somebody wants to see it. */
export interface Family {
  title: string;
  content: () => Node[];
}
export interface MathematicsParts {
  about: string;
  groups: { title: string; families: Family[] }[];
}

const UNWANTED = "script, style, link, iframe, object, h3";

/** The service's document in its parts: headings, and under each its families, or the one table that stands there. */
export function partsOf(text: string): MathematicsParts {
  const body = new DOMParser().parseFromString(text, "text/html").body;
  const about = body.querySelector("p")?.textContent ?? "";
  const groups = [...body.querySelectorAll("h2")].map((heading) => {
    const title = heading.textContent ?? "";
    const families: Family[] = [];
    for (let next = heading.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling) {
      const own = next.querySelector("h3");
      own?.querySelector("code")?.remove();
      const rows = next.querySelectorAll("tr").length - 1;
      families.push({ title: own?.textContent?.trim() ?? `${title}: ${rows}`, content: contentOf(next) });
    }
    return { title, families };
  });
  return { about, groups };
}

/** What an element has in it, without what does not belong on the page; what scrolls takes the focus. */
const contentOf = (element: Element) => () => {
  const copy = element.cloneNode(true) as Element;
  for (const unwanted of copy.querySelectorAll(UNWANTED)) unwanted.remove();
  for (const formula of copy.querySelectorAll("math")) formula.setAttribute("tabindex", "0");
  return element.tagName === "TABLE" ? [copy] : [...copy.childNodes];
};
