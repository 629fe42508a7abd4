// What the search says of a query beside what it found.

import { counts, EXACT_TITLE } from "./rank.js";

const FIELDS = "title, author, tag, abstract, id, year, has, is";

/** ["a", "b", "c"] -> "a, b or c". */
export const listed = (texts, word) => [texts.slice(0, -1).join(", "), texts.at(-1)].filter(Boolean).join(` ${word} `);

const quoted = (text) => `“${text}”`;

/** What is to be said, or ""; marks: see `parse`. found: what the engine found for the query that was `parsed`; hasWord: of a piece. */
export function note(parsed, found, hasWord, marks) {
  if (found.tiers.includes(EXACT_TITLE)) return "";
  const all = [
    missing(found), ...leftOut(parsed, marks), unknownField(parsed), loneField(parsed), unquotedTag(parsed),
    tooWide(found), misspelt(found), nothing(parsed, found, hasWord),
  ];
  return all.filter(Boolean).join(" ");
}

/** No paper has the quoted pieces. */
export const nowhere = (phrases) => `No paper has ${contents(phrases)} word for word, so its words were searched.`;

/** Papers have the quoted pieces, and they are not what was sought. */
export const elsewhere = (phrases) => `Papers have ${contents(phrases)} word for word, but none that meets all other conditions.`;

const contents = (pieces) => listed(pieces.map(({ content }) => quoted(content)), "and");

function missing({ words }) {
  const ids = words.filter((word) => word.missing && counts(word)).map((word) => quoted(word.missing));
  return ids.length && `${listed(ids, "and")} ${ids.length > 1 ? "are" : "is"} not in the archive.`;
}

function leftOut({ leftOut: conditions }, marks) {
  return conditions.map(({ written, name }) => {
    const values = name === "year" ? ["2024", "2020..2023"] : Object.keys(marks[name]);
    return `${quoted(written)} was left out: write ${listed(values.map((value) => `${name}:${value}`), "or")}.`;
  });
}

function unknownField({ unknownField: name }) {
  return name && `There is no field ${quoted(name)}, so it was searched as a word. Fields are ${FIELDS}.`;
}

function loneField({ loneField: lone }) {
  return lone && `Write what is sought right behind ${quoted(`${lone.name}:`)}, as in ${lone.example}.`;
}

function unquotedTag({ unquotedTag: name }) {
  return name && `A tag of several words stands in quotes: tag:"${name}".`;
}

function tooWide({ words }) {
  const wide = words.filter((word) => word.tooWide).map((word) => quoted(word.tooWide));
  return wide.length && `Not all words that fit ${listed(wide, "and")} were searched: there are too many.`;
}

function misspelt({ words, all }) {
  const wrong = words.filter((word) => word.corrected);
  if (!wrong.length || !all) return "";
  const similar = wrong.map((word) => `${listed(word.corrected.map(quoted), "or")} for ${quoted(word.written)}`);
  const those = wrong.flatMap((word) => word.corrected).length > 1 ? "similar words were" : "a similar word was";
  const what = words.filter(counts).length > 1 ? "all these words" : "this word";
  return `No paper was found with ${what}, so ${those} searched too: ${listed(similar, "and")}.`;
}

function nothing({ pieces }, { words, documents }, hasWord) {
  if (words.length || !pieces.length || documents.length) return "";
  return pieces.some(hasWord)
    ? "These words are in nearly every paper, so they are not searched. Add a rarer one."
    : "There is no word in this query.";
}
