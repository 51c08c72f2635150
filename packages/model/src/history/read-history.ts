/**
 * What a person pastes of a training: a log of Keras or PyTorch, a table, a dictionary, bare numbers, an error's text. Formats
 * are told apart by what only they have, and nothing is taken for a loss that the text does not call one.
 */

/** One epoch, or one line where the text counts no epochs. A loss that is not a number is NaN. */
export interface HistoryPoint {
  /** As the text counts it; undefined where it does not. */
  epoch?: number | undefined;
  loss?: number | undefined;
  valLoss?: number | undefined;
}

export type HistoryFormat = "keras" | "csv" | "dictionary" | "prints" | "numbers";

/** What goes wrong before there is a loss. */
export type Fault = "channel-axis" | "sizes" | "missing-module" | "memory" | "parameters" | "error";

export type Pasted =
  | {
      kind: "history";
      format: HistoryFormat;
      points: readonly HistoryPoint[];
      /** Batches done and in all, where the last line stands in the middle of its epoch. */
      unfinished?: { batch: number; of: number };
    }
  | {
      kind: "fault";
      fault: Fault;
      /** The line that tells it, as pasted. */
      line: string;
    }
  | { kind: "nothing"; reason: "empty" | "no-loss" | "percent" };

/** A number as programs print it: `0.1131`, `.105`, `3.68e-2`, `nan`, `inf`. */
const number = String.raw`[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?|nan\b|inf(?:inity)?\b)`;

/** Reads a pasted text, in time that grows with its length alone. */
export function readHistory(text: string): Pasted {
  if (text.trim() === "") return { kind: "nothing", reason: "empty" };
  const lines = text.split(/[\r\n]+/);
  const history = readDictionary(text) ?? readCsv(lines) ?? readKeras(lines) ?? readPrints(lines);
  if (history) return history;
  const fault = readFault(lines);
  if (fault) return fault;
  return readNumbers(text);
}

type History = Extract<Pasted, { kind: "history" }>;

/** The loss of a line where one is named: not `val_loss`, not `kl_loss`. */
const ofKeras = {
  loss: new RegExp(String.raw`(?:^|[^\w])loss: ?(${number})`, "i"),
  valLoss: new RegExp(String.raw`\bval_loss: ?(${number})`, "i"),
};

/** `422/422 ━━━━ 21s 47ms/step - loss: 0.1131 - val_loss: 0.1114`, and the same without the bar. */
function readKeras(lines: readonly string[]): History | undefined {
  const points: (HistoryPoint & { open?: { batch: number; of: number } | undefined })[] = [];
  let epoch: number | undefined;
  let isKeras = false;
  for (const line of lines) {
    const [, begun] = /^\s{0,20}epoch (\d{1,6})(?:\/\d{1,6})?/i.exec(line) ?? [];
    if (begun !== undefined) epoch = Number(begun);
    const [, batch, of] = /(?:^|[^\d[/])(\d{1,7})\/(\d{1,7})(?![\d\]])/.exec(line.replace(/epoch \d+\/\d+/i, "")) ?? [];
    const loss = numberIn(ofKeras.loss, line);
    if (loss === undefined) continue;
    const valLoss = numberIn(ofKeras.valLoss, line);
    isKeras ||= batch !== undefined || valLoss !== undefined || epoch !== undefined;
    const open =
      batch !== undefined && valLoss === undefined && Number(batch) < Number(of)
        ? { batch: Number(batch), of: Number(of) }
        : undefined;
    const last = points.at(-1);
    // A bar that is drawn anew takes the place of the one before.
    if (last?.open && last.epoch === epoch) points.pop();
    points.push({ epoch, loss, valLoss, open });
  }
  if (!isKeras || points.length === 0) return undefined;
  const unfinished = points.at(-1)?.open;
  return {
    kind: "history",
    format: "keras",
    points: points.map(({ open: _, ...point }) => point),
    ...(unfinished && { unfinished }),
  };
}

const lossNames = /^(?:train(?:ing)?[ _]?)?loss$/i;
const valLossNames = /^(?:val(?:id(?:ation)?)?|test)[ _]?loss$/i;

/** A table with a line of names: Keras's CSVLogger, our history.csv, a sheet's with semicolons and decimal commas. */
function readCsv(lines: readonly string[]): History | undefined {
  const at = lines.findIndex((line) => columnsOf(line).some((name) => lossNames.test(name)));
  const header = lines[at];
  if (header === undefined) return undefined;
  const separator = separatorOf(header);
  if (!separator) return undefined;
  const names = columnsOf(header);
  const [epochAt, lossAt, valLossAt] = [/^epoch$/i, lossNames, valLossNames].map((name) =>
    names.findIndex((column) => name.test(column)),
  ) as [number, number, number];
  const points: HistoryPoint[] = [];
  for (const line of lines.slice(at + 1)) {
    if (line.trim() === "") continue;
    const cells = line.split(separator).map((cell) => readNumber(cell.trim(), separator !== ","));
    const loss = cells[lossAt];
    if (loss === undefined) continue;
    points.push({ epoch: cells[epochAt], loss, valLoss: cells[valLossAt] });
  }
  return points.length > 0 ? { kind: "history", format: "csv", points } : undefined;
}

function separatorOf(header: string): "," | ";" | "\t" | undefined {
  return (["\t", ";", ","] as const).find((separator) => header.includes(separator));
}

function columnsOf(line: string): string[] {
  if (line.length > 2_000) return [];
  const separator = separatorOf(line);
  return separator ? line.split(separator).map((name) => name.trim().replace(/^["']|["']$/g, "")) : [];
}

/** Characters of a list that are read: of more epochs than anybody trains. */
const longestList = 200_000;

/** `{'loss': [0.1131, 0.05], 'val_loss': [0.1114, 0.0042]}`, as Python prints it or as JSON has it. */
function readDictionary(text: string): History | undefined {
  const lists = new Map<string, number[]>();
  for (const match of text.matchAll(/["'](\w{1,40})["']\s{0,4}[:=]\s{0,4}(?:array\(|tensor\()?\[/g)) {
    const first = match.index + match[0].length;
    const end = text.indexOf("]", first);
    if (end < 0) break;
    lists.set(match[1] as string, valuesOf(text.slice(first, Math.min(end, first + longestList))));
  }
  const find = (names: RegExp) => [...lists].find(([name]) => names.test(name))?.[1];
  const loss = find(lossNames);
  const valLoss = find(valLossNames);
  const length = Math.max(loss?.length ?? 0, valLoss?.length ?? 0);
  if (length === 0) return readRecords(text);
  const points = Array.from({ length }, (_, at) => ({ epoch: at + 1, loss: loss?.[at], valLoss: valLoss?.[at] }));
  return { kind: "history", format: "dictionary", points };
}

const ofRecords = {
  epoch: new RegExp(String.raw`["']epoch["']\s{0,4}:\s{0,4}(${number})`, "i"),
  loss: new RegExp(String.raw`["']loss["']\s{0,4}:\s{0,4}(${number})`, "i"),
  valLoss: new RegExp(String.raw`["']val_?loss["']\s{0,4}:\s{0,4}(${number})`, "i"),
};

/** `[{"epoch":1,"loss":0.03,"valLoss":0.02}, …]`, an object for each epoch, as in a run.json. */
function readRecords(text: string): History | undefined {
  const points = text
    .split("}")
    .map((record) => record.slice(record.lastIndexOf("{") + 1))
    .map(
      (record): HistoryPoint => ({
        epoch: numberIn(ofRecords.epoch, record),
        loss: numberIn(ofRecords.loss, record),
        valLoss: numberIn(ofRecords.valLoss, record),
      }),
    )
    .filter(({ loss }) => loss !== undefined);
  return points.length > 0 ? { kind: "history", format: "dictionary", points } : undefined;
}

/** Numbers of a list; those that a wrapper such as `np.float32(…)` holds count, its own digits do not. */
function valuesOf(list: string): number[] {
  return list
    .split(",")
    .map((item) =>
      readNumber(
        item
          .replace(/^[^(]*\(/, "")
          .replace(/\).*$/, "")
          .trim(),
        false,
      ),
    )
    .filter((value) => value !== undefined);
}

const ofPrints = {
  epoch: /\bepoch\W{0,3}(\d{1,6})/i,
  loss: new RegExp(String.raw`(?:^|[^\w])(?:train(?:ing)?[ _-]?)?loss\W{1,4}(${number})`, "i"),
  train: new RegExp(String.raw`\btrain(?:ing)?\W{1,4}(${number})`, "i"),
  valLoss: new RegExp(String.raw`\b(?:val(?:id(?:ation)?)?|test)(?:[ _-]?loss)?\W{1,4}(${number})`, "i"),
};

/** Lines of a loop of one's own: `Epoch [1/20], Loss: 0.0412`, `epoch 3, train 0.01, val 0.02`. */
function readPrints(lines: readonly string[]): History | undefined {
  const points = lines
    .map((line): HistoryPoint => {
      // What is called val, with its number, is out of the way of the loss.
      const valLoss = numberIn(ofPrints.valLoss, line);
      const rest = line.replace(ofPrints.valLoss, " ");
      const loss = numberIn(ofPrints.loss, rest) ?? numberIn(ofPrints.train, rest);
      return { epoch: numberIn(ofPrints.epoch, line), loss, valLoss };
    })
    .filter(({ loss, valLoss, epoch }) => loss !== undefined || (valLoss !== undefined && epoch !== undefined));
  return points.length > 0 ? { kind: "history", format: "prints", points } : undefined;
}

const faults: readonly [Fault, RegExp][] = [
  ["channel-axis", /expected axis -1 .{0,80}to have value 1\b|expected min_ndim=4|\(None, 28, 28\)/],
  [
    "sizes",
    /\(None, (?:24|32), (?:24|32), 1\)|(?:must be equal|incompatible|same size|mismatch).{0,120}\b(?:24|32)\b/i,
  ],
  ["missing-module", /(?:ModuleNotFoundError|ImportError):/],
  ["memory", /ResourceExhausted|out of memory|\bOOM\b/i],
  ["parameters", /\b1[,.\u202f\u00a0 ]?437[,.\u202f\u00a0 ]?317\b/],
  ["error", /^\w{0,40}(?:Error|Exception): /],
];

/** The first fault of the list that a line tells. */
function readFault(lines: readonly string[]): Pasted | undefined {
  for (const [fault, sign] of faults) {
    const line = lines.find((one) => sign.test(one.slice(0, 2_000)));
    if (line !== undefined) return { kind: "fault", fault, line: line.trim().slice(0, 300) };
  }
  return undefined;
}

/** Numbers and nothing else: a list, one a line, or a single one, with points or with decimal commas. */
function readNumbers(text: string): Pasted {
  if (/%/.test(text)) return { kind: "nothing", reason: "percent" };
  const plain = text.replace(/[[\](){}"']/g, " ");
  const hasPoints = /\d\.\d|\.\d/.test(plain);
  // Between numbers with points a comma separates; between whole numbers too, unless it stands between digits.
  const items = plain.split(hasPoints ? /[\s;,]+/ : /[\s;]+|,(?!\d)/).filter((item) => item !== "");
  const values = items.map((item) => readNumber(item, !hasPoints));
  const read = values.filter((value) => value !== undefined);
  if (read.length === 0 || read.length < values.length) return { kind: "nothing", reason: "no-loss" };
  return { kind: "history", format: "numbers", points: read.map((loss) => ({ loss })) };
}

function numberIn(pattern: RegExp, line: string): number | undefined {
  const [, found] = pattern.exec(line.slice(0, 2_000)) ?? [];
  return found === undefined ? undefined : readNumber(found, false);
}

const whole = new RegExp(`^${number}$`, "i");

/** NaN and infinity as such; undefined where it is no number, or one too large to be one. */
function readNumber(text: string, decimalComma: boolean): number | undefined {
  const plain = decimalComma ? text.replace(/^([-+]?\d+),(\d+)$/, "$1.$2") : text;
  if (/^(?:null|none)$/i.test(plain)) return Number.NaN;
  if (!whole.test(plain)) return undefined;
  if (/nan/i.test(plain)) return Number.NaN;
  if (/inf/i.test(plain)) return plain.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}
