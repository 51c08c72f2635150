// What is to be reached, and the tables.

/** Figures to reach: at least, or at most, by the rows that were measured. */
const goals = [
  { what: "`/`, requests a second", least: 100, of: ({ home }) => home?.rate },
  { what: "`/`, 99th percentile", most: 1000, unit: "ms", of: ({ home }) => home?.p99 },
  { what: "a chapter, requests a second", least: 60, of: ({ chapter }) => chapter?.rate },
  { what: "a chapter, 99th percentile", most: 1500, unit: "ms", of: ({ chapter }) => chapter?.p99 },
  { what: "tRPC, requests a second", least: 1000, of: ({ api }) => api?.rate },
  {
    what: "longest block of the event loop, no page rendered",
    most: 50,
    unit: "ms",
    of: ({ weights, range, unchanged, digits, drawn, api, batches }) =>
      longestBlock([weights, range, unchanged, digits, drawn, api, batches]),
  },
  {
    what: "longest block of the event loop, pages rendered",
    most: 100,
    unit: "ms",
    of: ({ home, chapter, viewer, mixed }) => longestBlock([home, chapter, viewer, mixed]),
  },
  { what: "memory after the mixed requests", most: 100, unit: "MB more", of: ({ mixed }) => megabytes(mixed?.grown) },
  {
    what: "memory after the hostile batches",
    most: 100,
    unit: "MB more",
    of: ({ hostile }) => megabytes(hostile?.grown),
  },
  {
    what: "99th percentile beside trainings ÷ idle",
    most: 2,
    unit: "×",
    of: ({ idle, training }) => (idle && training ? ratio(training.p99, idle.p99) : undefined),
  },
];

function longestBlock(rows) {
  const blocks = rows.flatMap((row) => (row?.server ? [row.server.loop.block] : []));
  return blocks.length > 0 ? Math.max(...blocks) : undefined;
}

/** How many times as long; without end where either had no answer. */
function ratio(wait, idle) {
  return Number.isFinite(idle) ? wait / idle : Number.POSITIVE_INFINITY;
}

function megabytes(bytes) {
  return bytes === undefined ? undefined : bytes / 1e6;
}

/** Each figure that is to be reached, with what was measured of it. @param rows rows by their name */
export function figuresOf(rows) {
  return goals.flatMap(({ of, ...goal }) => {
    const measured = of(rows);
    if (measured === undefined) return [];
    const reached = goal.least === undefined ? measured <= goal.most : measured >= goal.least;
    return [{ ...goal, measured, reached }];
  });
}

/** Both tables in Markdown. */
export function tables(rows, figures) {
  const head =
    "| asked | answers/s | median | p99 | failed | CPU an answer | longest block | memory | other programs |";
  const lines = Object.values(rows).map(rowLine);
  const notes = Object.values(rows).flatMap(({ what, note }) => (note ? [`- ${what}: ${note}.`] : []));
  const goalLines = figures.map(({ what, least, most, unit, measured, reached }) => {
    const limit = least === undefined ? `≤ ${most.toLocaleString("en")}` : `≥ ${least.toLocaleString("en")}`;
    const cells = [what, unit ? `${limit} ${unit}` : limit, short(measured), reached ? "reached" : "missed"];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    [head, "|---|--:|--:|--:|--:|--:|--:|--:|--:|", ...lines].join("\n"),
    notes.join("\n"),
    ["| figure | to reach | measured | |", "|---|--:|--:|---|", ...goalLines].join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function rowLine({ what, answered, rate, p50, p99, failed, server, elsewhere }) {
  const cells = [
    what,
    rate === undefined ? "–" : short(rate),
    `${short(p50)} ms`,
    `${short(p99)} ms`,
    failed,
    server ? `${short((1000 * server.cpu) / answered)} ms` : "–",
    server ? `${short(server.loop.block)} ms` : "–",
    server ? `${Math.round(server.rss / 1e6)} MB` : "–",
    elsewhere === undefined ? "–" : `${Math.round(elsewhere * 100)} %`,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** Two figures that count, or all of those before the point. */
export function short(value) {
  if (Math.abs(value) >= 10) return Math.round(value).toLocaleString("en");
  return String(Number(value.toPrecision(2)));
}
