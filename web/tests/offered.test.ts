import { describe, expect, it } from "vitest";
import { isLong, offered } from "../src/design/offered";

const many = Array.from({ length: 10_000 }, (_, at) => `village ${at}`);

describe("names that a field offers", () => {
  it("are all of few, each once, whatever is typed", () => {
    expect(offered(["Ban Lung", "Veun Sai", "Ban Lung"], "x")).toEqual(["Ban Lung", "Veun Sai"]);
    expect(isLong(2)).toBe(false);
  });

  it("are of many those that match, those that begin with the text first, and not too many to read", () => {
    expect(isLong(many.length)).toBe(true);
    expect(offered(many, "")).toEqual([]);
    expect(offered(many, " VILLAGE 9999")).toEqual(["village 9999"]);
    expect(offered(many, "7")).toHaveLength(50);
    expect(offered([...many, "99 wells"], "99")[0]).toBe("99 wells");
    expect(offered(many, "no such place")).toEqual([]);
  });
});
