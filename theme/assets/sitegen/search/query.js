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
// What stands before an identifier, and may have a blank behind it there.
const ID_NAMES = /^(?:arxiv|doi|pmid|pmcid)$/i;
const ID_AFTER_BLANK = /(?<=(?:^|[\s([])(?:arxiv|doi|pmid|pmcid):)\s+(?=pmc\d|\d)/gi;
const MODIFIERS = /(?:[~^]\d+)+$/;

// `year:2020`, `year:2020..2023`, `year:2020..`; and, while it is being typed, `year:20`.
const YEARS = /^([+-]?)years?:(\d{0,4})(?:(\.\.|[-–])(\d{0,4}))?$/i;
const HAS_CODE = /^([+-]?)has:code$/i;

/**
 * {pieces, filters, unknownField}: a piece is {content, field, presence, quoted, edits, boost}, as in
 * `+title:"two words"^3` -> {content: "two words", field: "title", presence: "+", quoted: true, edits: 0, boost: 3};
 * a filter is {years: ["2020", "2023"], without: false} or {code: true, without: false}.
 */
export function parse(text) {
  let unknownField = "";
  const pieces = [];
  const filters = [];
  for (const written of text.slice(0, LONGEST).replace(ID_AFTER_BLANK, "").match(PIECE) ?? []) {
    const filter = parseFilter(written);
    if (filter) {
      filters.push(filter);
      continue;
    }
    const piece = parsePiece(written);
    if (piece.unknownField) unknownField = piece.unknownField;
    pieces.push(piece);
  }
  return { pieces, filters, unknownField };
}

function parseFilter(written) {
  const years = YEARS.exec(written);
  if (years) {
    const [, sign, from, range, to = ""] = years;
    const ends = range && from.length === 4 && to.length === 4 ? [from, to].sort() : [from, range ? to : from];
    return { years: [ends[0].padEnd(4, "0"), ends[1].padEnd(4, "9")], without: sign === "-" };
  }
  const code = HAS_CODE.exec(written);
  return code && { code: true, without: code[1] === "-" };
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
