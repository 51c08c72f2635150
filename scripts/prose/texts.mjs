// Takes the prose out of Markdown, MDX and TSX: paragraphs of plain text, each with the line where it begins.
import { parseSync } from "oxc-parser";
import remarkGfm from "remark-gfm";
import remarkMdx from "remark-mdx";
import remarkParse from "remark-parse";
import { unified } from "unified";

/** What stands in a sentence where the page puts a value of its own, a formula or code. */
const placeholder = "Xx"; // a lone capital before a full stop reads like an initial

/** @returns { line, text } of every paragraph, heading, caption and label of a file */
export function textsOf(path, source) {
  const markdown = unified().use(remarkParse).use(remarkGfm);
  if (path.endsWith(".mdx")) return paragraphsOf(markdown.use(remarkMdx).parse(source));
  if (path.endsWith(".md")) return paragraphsOf(markdown.parse(source));
  return sentencesOfCode(path, source);
}

const blocks = new Set(["paragraph", "heading", "tableCell"]);

function paragraphsOf(node) {
  if (blocks.has(node.type)) return [{ line: node.position.start.line, text: inlineText(node).trim() }];
  return (node.children ?? []).flatMap(paragraphsOf);
}

function inlineText(node) {
  if (node.type === "text") return node.value.replace(/\s+/g, " ");
  if (node.type === "inlineCode" || node.type === "mdxTextExpression") return placeholder;
  const text = (node.children ?? []).map(inlineText).join("");
  // A component without text of its own prints a value.
  return text === "" && node.type === "mdxJsxTextElement" && node.name !== "Source" ? placeholder : text;
}

/** Texts of JSX elements and of attributes that are read or spoken; of content/*.ts all strings that are sentences. */
function sentencesOfCode(path, source) {
  const { program } = parseSync(path, source);
  const lineOf = (offset) => source.slice(0, offset).split("\n").length;
  const found = [];
  const add = (start, text) => {
    const plain = text.replace(/\s+/g, " ").trim();
    if (/[a-z]{2}/.test(plain)) found.push({ line: lineOf(start), text: plain });
  };
  const visit = (node) => {
    if (!node || typeof node.type !== "string") return;
    if (node.type === "JSXElement" || node.type === "JSXFragment") {
      for (const { start, text } of textsOfElement(node)) add(start, text);
    } else if (node.type === "JSXAttribute" && spoken.has(node.name.name) && node.value?.type === "Literal") {
      add(node.start, node.value.value);
    } else if (isSentence(node)) add(node.start, stringOf(node));
    for (const [key, value] of Object.entries(node)) {
      if (key === "parent") continue;
      if (Array.isArray(value)) value.forEach(visit);
      else if (value && typeof value === "object") visit(value);
    }
  };
  visit(program);
  return found;
}

const spoken = new Set(["alt", "aria-label", "label", "title", "name", "prompt", "summary", "caption"]);
const inline = new Set([
  "b",
  "i",
  "em",
  "strong",
  "a",
  "code",
  "small",
  "span",
  "Term",
  "Source",
  "sub",
  "sup",
  "abbr",
]);

/** A string or template of several words that ends like a sentence: what a component says in a function of its own. */
function isSentence(node) {
  if (node.type !== "Literal" && node.type !== "TemplateLiteral") return false;
  return / [a-z]+ /.test(stringOf(node)) && /[.?!]$/.test(stringOf(node));
}

function stringOf(node) {
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : "";
  return node.quasis.map(({ value }) => value.cooked).join(placeholder);
}

/** An element's own runs of text; inline elements and values stand in them, others end them. */
function textsOfElement({ children = [] }) {
  const runs = [];
  let run;
  const append = (start, text) => {
    run ??= { start, text: "" };
    run.text += text;
  };
  for (const child of children) {
    const text = inlineOf(child);
    if (text === undefined) {
      if (run) runs.push(run);
      run = undefined;
    } else append(child.start, text);
  }
  return run ? [...runs, run] : runs;
}

/** The text of a child within its element's run; undefined for one that stands on its own. */
function inlineOf(child) {
  if (child.type === "JSXText") return child.value.replace(/\s*\n\s*/g, " ");
  if (child.type === "JSXExpressionContainer") {
    const { expression } = child;
    if (expression.type === "JSXEmptyExpression") return "";
    if (expression.type === "Literal" || expression.type === "TemplateLiteral")
      return stringOf(expression) || placeholder;
    return placeholder;
  }
  if (child.type !== "JSXElement" || !inline.has(child.openingElement.name.name)) return undefined;
  const text = (child.children ?? []).map((inner) => inlineOf(inner) ?? "").join("");
  return text || (child.openingElement.name.name === "Source" ? "" : placeholder);
}
