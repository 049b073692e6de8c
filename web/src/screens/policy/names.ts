import type { Choice, Plain } from "../../design/form/schema";

/** The rows of a table as what a field may name: the first column is the name, `title` what people call it. */
export const choices = (rows: Plain[] | undefined): Choice[] | undefined =>
  rows?.map((row) => {
    const value = String(Object.values(row)[0]);
    return { value, title: String(row.title || value.replaceAll("_", " ")) };
  });
