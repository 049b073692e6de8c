import { language } from "../words/words.svelte";
import { shareToken } from "./share";
import { Trouble } from "./trouble";

const KEPT_MS = 60_000;

/** Whether a link to a file must be asked for by the page itself: a share link's token goes with no ordinary link. */
export const asksItself = (): boolean => shareToken() !== null;

/** A file of the service for the holder of a share link: saved by its name, or where it has none shown in a tab of its own. */
export async function fetchFile(address: string): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(address, {
      headers: { Authorization: `Bearer ${shareToken()}`, "Accept-Language": language.now },
    });
  } catch {
    throw Trouble.unreachable();
  }
  if (!answer.ok) throw await Trouble.of(answer);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1];
  if (name) link.download = name;
  else link.target = "_blank";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
