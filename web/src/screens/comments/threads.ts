import type { Comment } from "../../server/ask-comments";
import { villagesOf, worksOf, type PlanMap } from "../../server/planMap";

export interface Thread {
  root: Comment;
  answers: Comment[];
}
/** A place that can be spoken of: a row of a table of the basin, and where it lies. */
export interface Place {
  table: string;
  place: string;
  title: string;
  at: [number, number];
}
export interface Pin {
  at: [number, number];
  text: string;
}

/** Comments by what they answer: the newest thread first, its answers oldest first. */
export function threadsOf(comments: Comment[]): Thread[] {
  const byId = new Map(comments.map((comment) => [comment.id, comment]));
  const rootOf = (comment: Comment): Comment => {
    const parent = comment.answer_to ? byId.get(comment.answer_to) : undefined;
    return parent ? rootOf(parent) : comment;
  };
  const threads = new Map<string, Thread>();
  for (const comment of comments.toSorted((a, b) => a.created_at.localeCompare(b.created_at))) {
    const root = rootOf(comment);
    const thread = threads.get(root.id) ?? { root, answers: [] };
    if (comment !== root) thread.answers.push(comment);
    threads.set(root.id, thread);
  }
  return [...threads.values()].toReversed();
}

/** Villages and works of a plan's map, by name. */
export function placesOf(map: PlanMap): Place[] {
  const middle = (line: number[][]) => line[Math.floor(line.length / 2)] as [number, number];
  const villages = villagesOf(map).map(({ properties, geometry }) => ({
    table: "villages",
    place: properties.village,
    title: properties.title,
    at: geometry.coordinates as [number, number],
  }));
  const works = worksOf(map).map(({ properties, geometry }) => ({
    table: "options",
    place: properties.work,
    title: properties.title,
    at: geometry.type === "Point" ? (geometry.coordinates as [number, number]) : middle(geometry.coordinates as number[][]),
  }));
  const { compare } = new Intl.Collator();
  return [...villages, ...works].toSorted((a, b) => compare(a.title, b.title));
}

/** Where comments are about: one pin a place, with all that is said there. */
export function pinsOf(comments: Comment[], places: Place[]): Pin[] {
  const found = new Map<Place, string[]>();
  for (const comment of comments) {
    const place = places.find((one) => one.table === comment.table && one.place === comment.place);
    if (place && comment.text) found.set(place, [...(found.get(place) ?? []), `${comment.author.name}: ${comment.text}`]);
  }
  return [...found].map(([place, texts]) => ({ at: place.at, text: [place.title, ...texts].join("\n") }));
}
