export interface Fault {
  pointer?: string;
  detail: string;
}

/** A problem document of the service (RFC 9457), or that it could not be reached. */
export class Trouble extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly remedy: string,
    readonly errors: Fault[],
    readonly findings: unknown[],
  ) {
    super(detail || title);
  }

  /** What an answer tells of itself. */
  static async of(response: Response): Promise<Trouble> {
    const told = await response.json().catch(() => ({}));
    return new Trouble(
      response.status,
      told.title ?? response.statusText,
      told.detail ?? "",
      told.remedy ?? "",
      told.errors ?? [],
      told.findings ?? [],
    );
  }

  /** No answer came: the words are the page's own. */
  static unreachable(): Trouble {
    return new Trouble(0, "", "", "", [], []);
  }
}
