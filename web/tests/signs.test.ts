import { expect, it } from "vitest";
import { digitsOf, signsOf } from "../src/words/signs";

it("writes a figure with the digits and signs of the service's sentences", () => {
  expect(signsOf("1,234.5", "en")).toBe("1,234.5");
  expect(signsOf("1,234.5", "lo")).toBe("1.234,5");
  expect(signsOf("1,234.5", "my")).toBe("၁,၂၃၄.၅");
});

it("leaves all but digits of a text as it stands", () => {
  expect(digitsOf("29/11/2026, 22:33", "my")).toBe("၂၉/၁၁/၂၀၂၆, ၂၂:၃၃");
  expect(digitsOf("29/11/2026, 22:33", "lo")).toBe("29/11/2026, 22:33");
});
