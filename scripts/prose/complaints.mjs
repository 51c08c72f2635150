// What is wrong with a paragraph, by the rules of docs/writing.md.
import retextEnglish from "retext-english";
import retextIndefiniteArticle from "retext-indefinite-article";
import retextRepeatedWords from "retext-repeated-words";
import { unified } from "unified";
import { VFile } from "vfile";

/** Words of a sentence at most: a longer one holds two ideas. */
export const mostWords = 34;

/** Turns of phrase that English does not use, or that say nothing; each with what to write instead. */
export const phrases = [
  [
    /^(?:Who|Whoever) (?!is\b|are\b|was\b|were\b|has\b|will\b|can\b)[a-z]+s\b/,
    "begin with the subject: “If you …”, “A network that …”",
  ],
  [/^(?:Graded|Seen|Shown|Asked|Meant) is\b/, "put the subject before the verb"],
  [/\b(?:lie|lies|lay) on each other\b/, "write “coincide” or “overlap”"],
  [/\bwithout a rest\b/, "write “evenly”"],
  [/\bunits one can feel\b/i, "write “familiar units”"],
  [/\b(?:is|are) nothing (?:else )?but\b/, "say what it is"],
  [/\bneedless to say\b|\bof course\b|\bobviously\b|\bsimply put\b/i, "leave it out"],
  [/\bin order to\b/, "write “to”"],
  [/\butili[sz]e/i, "write “use”"],
  [/\bthe ones? .{1,60}, the others? .{1,60}, the/, "name the things instead of “the one”, “the other”"],
  [/\bhas not earned its\b/, "say what follows from the figure"],
  [/ – [^–]{1,80} – /, "make the aside a sentence of its own"],
];

const english = unified().use(retextEnglish).use(retextRepeatedWords).use(retextIndefiniteArticle).freeze();

/** @param text a paragraph @returns one line for each thing to mend */
export async function complaintsOf(text) {
  const file = new VFile(text);
  const tree = english.parse(file);
  await english.run(tree, file);
  const ofPlugins = file.messages.map(({ reason }) => reason.replaceAll("`", "“"));
  return [
    ...ofPlugins.filter((reason) => !/“?Xx\b/.test(reason)),
    ...sentencesOf(tree, text).flatMap(complaintsOfSentence),
  ];
}

function sentencesOf(node, text) {
  if (node.type === "SentenceNode") return [text.slice(node.position.start.offset, node.position.end.offset)];
  return (node.children ?? []).flatMap((child) => sentencesOf(child, text));
}

function complaintsOfSentence(sentence) {
  const words = sentence.split(/\s+/).filter((word) => /[A-Za-z0-9]/.test(word)).length;
  const found = phrases
    .filter(([phrase]) => phrase.test(sentence))
    .map(([phrase, instead]) => `“${phrase.exec(sentence)?.[0].trim()}”: ${instead}`);
  if (words > mostWords)
    found.push(`${words} words in one sentence, at most ${mostWords}: “${sentence.slice(0, 60)} …”`);
  return found;
}
