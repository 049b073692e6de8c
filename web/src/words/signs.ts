/** The digits and signs of figures where they are not as in English, as the service writes them (planner/sentences). */
const ENGLISH = "0123456789,.";
const SIGNS: Record<string, string> = { lo: "0123456789.,", my: "၀၁၂၃၄၅၆၇၈၉,." };

/** A figure that is written in English, with the digits of a language, its sign between thousands and that before decimals. */
export function signsOf(figure: string, name: string): string {
  const signs = SIGNS[name];
  return signs ? figure.replace(/[\d,.]/g, (sign) => signs[ENGLISH.indexOf(sign)]!) : figure;
}

/** A text with the digits of a language, all else as it stands. */
export const digitsOf = (text: string, name: string): string => text.replace(/\d+/g, (digits) => signsOf(digits, name));
