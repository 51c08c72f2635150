/** What stands in the line of a sum whose printed parts, each rounded by itself, add up to another number. */
export function Rounded({ printed }: { printed: string | undefined }) {
  if (printed === undefined) return null;
  return (
    <span data-part="rounded">
      {" "}
      (rounded; the printed numbers add up to <span className="number">{printed}</span>)
    </span>
  );
}
