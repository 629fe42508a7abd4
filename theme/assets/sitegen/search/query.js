// Lunr's query language: `+must -not title:word wild* near~1 boost^2`, and quotes for words that must all be there.
// Whatever does not fit its rules is taken as words, so that no text is an error.

import { bareId, isKnownId } from "./ids.js";

export const FIELDS = {
  title: "title", tags: "tags", tag: "tags", authors: "authors", author: "authors",
  abstract: "abstract", ids: "ids", id: "ids",
};
const LONGEST = 1000;
const MOST_EDITS = 2;
const MOST_BOOST = 100;

const PIECE = /[+-]?(?:[a-z]+:)?"[^"]*"(?:[~^]\d+)*|\S+/gi;
const PARTS = /^([+-]?)(?:([a-z]+):(?=[^\s/]))?(.*)$/is;
// What stands before an identifier, and may have a blank behind it there, with a colon or without.
const ID_NAMES = /^(?:arxiv|doi|pmid|pmcid)$/i;
const NAMED = String.raw`(?<=(?:^|[\s([])(?:arxiv|doi|pmid|pmcid))`;
const ID_AFTER_BLANK = new RegExp(
  String.raw`${NAMED}(?::\s+(?=pmc\d|\d)|\s+(?=pmc\d{3}|\d{4}\.\d{4,5}|10\.\d{4,9}/))|(?<=(?:^|[\s([])pmid)\s+(?=\d{5,8}(?!\S))`, "gi",
);
const MODIFIERS = /(?:[~^]\d+)+$/;

const LONE = /^([a-z]+):$/i;
const CONDITION = /^([+-]?)(?:(year)s?:(.*)|(has|is):(.+))$/is;
// `2020`, `2020..2023`, `2020..`; and, while it is being typed, `20`.
const YEARS = /^(\d{0,4})(?:(\.\.|[-–])(\d{0,4}))?$/;

/**
 * {pieces, filters, leftOut, unknownField, loneField}; marks: {has, is}, of each value after `has:` and `is:` the term. A piece is {content, field, presence, quoted, edits, boost}, as in
 * `+title:"two words"^3` -> {content: "two words", field: "title", presence: "+", quoted: true, edits: 0, boost: 3};
 * a filter is {years: ["2020", "2023"], without: false} or {terms: ["@code"], without: false}, papers with one of these;
 * a condition that makes no sense is left out, as {written: "has:foo", name: "has"};
 * `title: granite` has the lone field {name: "title", example: "title:granite"}, else null.
 */
export function parse(text, marks) {
  let unknownField = "";
  const pieces = [];
  const filters = [];
  const leftOut = [];
  for (const written of text.slice(0, LONGEST).replace(ID_AFTER_BLANK, ":").match(PIECE) ?? []) {
    const condition = CONDITION.exec(written);
    if (condition) {
      const [, sign, year, years, name = year, value = years] = condition;
      const filter = year ? ofYears(unquoted(value)) : ofKind(unquoted(value), marks[name.toLowerCase()]);
      if (filter) filters.push({ ...filter, without: sign === "-" });
      else leftOut.push({ written, name: name.toLowerCase() });
      continue;
    }
    const piece = parsePiece(written);
    if (piece.unknownField) unknownField = piece.unknownField;
    pieces.push(piece);
  }
  return { pieces, filters, leftOut, unknownField, loneField: loneField(pieces, marks) };
}

/** A field with nothing behind its colon; titles have `is:` within them, too. */
function loneField(pieces, marks) {
  for (const [at, { content, quoted }] of pieces.entries()) {
    const name = (!quoted && LONE.exec(content)?.[1].toLowerCase()) || "";
    const next = pieces[at + 1];
    if (Object.hasOwn(FIELDS, name)) return { name, example: `${name}:${next ? next.content.split(/\s/)[0] : "word"}` };
    if (!next && (name === "has" || name === "is")) return { name, example: `${name}:${Object.keys(marks[name])[0]}` };
  }
  return null;
}

const unquoted = (text) => text.replaceAll('"', "").toLowerCase();

function ofYears(value) {
  const years = YEARS.exec(value);
  if (!years) return null;
  const [, from, range, to = ""] = years;
  const ends = range && from.length === 4 && to.length === 4 ? [from, to].sort() : [from, range ? to : from];
  return { years: [ends[0].padEnd(4, "0"), ends[1].padEnd(4, "9")] };
}

/** Of what begins with the value, which may be half typed; known: value -> term. */
function ofKind(value, known) {
  const terms = Object.keys(known).filter((each) => each.startsWith(value)).map((each) => known[each]);
  return terms.length ? { terms } : null;
}

function parsePiece(written) {
  let [, presence, name, content] = PARTS.exec(written);
  const field = name && Object.hasOwn(FIELDS, name.toLowerCase()) ? FIELDS[name.toLowerCase()] : "";
  let unknownField = "";
  if (name && !field) {
    content = `${name}:${content}`;
    if (!ID_NAMES.test(name) && !isKnownId(bareId(content.toLowerCase()))) unknownField = name;
  }
  const modifiers = MODIFIERS.exec(content)?.[0] ?? "";
  content = content.slice(0, content.length - modifiers.length);
  const quoted = content.length > 1 && content.startsWith('"') && content.endsWith('"');
  return {
    content: quoted ? content.slice(1, -1) : content,
    field, unknownField, quoted, presence: presence || (quoted ? "+" : ""),
    edits: Math.min(number(modifiers, "~", 0), MOST_EDITS),
    boost: Math.min(number(modifiers, "^", 1), MOST_BOOST),
  };
}

function number(modifiers, sign, otherwise) {
  const found = modifiers.match(new RegExp(`\\${sign}(\\d+)`));
  return found ? Number(found[1]) : otherwise;
}

/** A title without the notice before it, which it does not have here: "[RETRACTED] On order" -> "On order". */
export function withoutNotice(title, { is }) {
  const kinds = Object.keys(is).join("|");
  return title.replace(new RegExp(String.raw`^\s*(?:[[(](?:${kinds})[\])]\s*[:.-]?|(?:${kinds})(?: article)?:)\s*(?=\S)`, "i"), "");
}
