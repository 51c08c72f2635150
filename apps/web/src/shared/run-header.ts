const header = "x-run";

/** The run that a page's address asks for, handed from `proxy.ts` to server components, which see no address. */
export const runHeader = {
  /** Sets the run, or takes away what a visitor sent under the header's name. */
  write(headers: Headers, run: string | undefined): void {
    headers.delete(header);
    // Names may hold anything that an address can, headers only some of ASCII.
    if (run !== undefined) headers.set(header, new URLSearchParams({ run }).toString());
  },
  read(headers: Pick<Headers, "get">): string | undefined {
    return new URLSearchParams(headers.get(header) ?? "").get("run") ?? undefined;
  },
};
