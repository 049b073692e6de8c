import { createQuery } from "@tanstack/svelte-query";
import type { Schema } from "../design/form/schema";
import { language } from "../words/words.svelte";
import { data, server } from "./client";
import { Trouble, type Fault } from "./trouble";

/** The schema of what is to be filled in, in the chosen language. */
export const askSchema = (form: "policy" | "run-limits" | "preferences" | "scenario") =>
  createQuery(() => ({
    queryKey: ["schema", form, language.now],
    queryFn: async () =>
      (await data(server.GET("/v1/schemas/{form}", { params: { path: { form }, query: { language: language.now } } }))) as Schema,
    staleTime: Infinity,
  }));

interface Found {
  severity: string;
  message: string;
  where?: string | null;
  allowed?: string | null;
  remedy?: string | null;
}

/** What an answer says is wrong, place by place: its errors and its findings; `inside` is taken off the pointers. */
export function faultsOf(trouble: unknown, inside = ""): Fault[] {
  if (!(trouble instanceof Trouble)) return [];
  const found = (trouble.findings as Found[])
    .filter((finding) => finding.severity === "error")
    .map(({ message, where, allowed, remedy }) => ({
      pointer: where ?? "",
      detail: [message, allowed ? `(${allowed})` : "", remedy ?? ""].filter(Boolean).join(" "),
    }));
  const cut = ({ pointer, detail }: Fault): Fault => ({
    pointer: pointer?.startsWith(inside) ? pointer.slice(inside.length) : (pointer ?? ""),
    detail,
  });
  return [...trouble.errors, ...found].map(cut);
}
