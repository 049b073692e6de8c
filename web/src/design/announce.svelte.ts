/** What a screen reader is told next. */
class Announced {
  now = $state("");
}

export const announced = new Announced();

/** Says a sentence to those who do not see the page change. */
export function announce(sentence: string): void {
  announced.now = sentence;
}
