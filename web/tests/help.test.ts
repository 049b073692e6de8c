import i18next from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import { helpInWords } from "../src/design/form/schema";
import en from "../src/words/en";

describe("help of a choice", () => {
  beforeAll(() => i18next.init({ lng: "en", resources: { en: { translation: en } } }));
  const told = (description: string) => helpInWords({ description, enum: ["binding", "all"] }, "/periods");

  it.each([
    [
      "English, Lao, Thai and Vietnamese",
      "binding: one. all: each.",
      "as in the binding period: one. every period on its own: each.",
    ],
    ["Chinese", "binding：甲。all：乙。", "as in the binding period：甲。every period on its own：乙。"],
    ["Khmer", "binding៖ ក។ all៖ ខ។", "as in the binding period៖ ក។ every period on its own៖ ខ។"],
    ["Burmese", "binding - က။ all - ခ။", "as in the binding period - က။ every period on its own - ခ။"],
  ])("calls each value as the form does, in the script of %s", (_, help, words) => expect(told(help)).toBe(words));

  it("leaves the same word alone where no meaning follows", () =>
    expect(told("Not all are binding.")).toBe("Not all are binding."));
});
