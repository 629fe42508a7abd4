// From the pieces of a query to terms of the index: what each word of a reader may stand for.

import { bareId, looksLikeId } from "./query.js";

const STEMMED = ["title", "tags", "abstract"];
const SEARCHED = ["title", "tags", "authors", "abstract"];
// So short a beginning says nothing about an abstract.
const SHORT = 3;
const FUZZY_FROM = 4;
const FUZZY_FAR_FROM = 7;
const FUZZY_UP_TO = 24;
// A document's words are bits of a number.
const MOST_WORDS = 30;

/**
 * The words of a query: [{group, presence, boost, terms: Map term -> Map field -> weight, corrected}].
 * Words of one piece share its group. prefix: the last word may be the beginning of one.
 */
export function resolve(pieces, prefix, tools) {
  const words = pieces.flatMap((piece, group) => {
    const last = prefix && group === pieces.length - 1 && !piece.quoted;
    const alone = last && group === 0;
    return pieceWords(piece, { last, alone }, tools).map((word) => ({ group, presence: piece.presence, boost: piece.boost, ...word }));
  });
  return words.slice(0, MOST_WORDS);
}

function pieceWords(piece, { last, alone }, tools) {
  const folded = tools.fold(piece.content);
  if (piece.field === "tags" && !piece.content.includes("*")) {
    const slug = [folded, tools.words(folded).join("-")].map((each) => tools.tagMark + each).find(tools.vocabulary.has);
    if (slug) return [only(slug, ["tags"])];
  }
  if (!piece.field || piece.field === "ids") {
    const found = idWord(folded, piece.field, last, tools);
    if (found) return [found];
  }
  if (piece.content.includes("*")) return wildcard(folded, piece.field, tools);
  return plainWords(piece, folded, { last, alone }, tools);
}

/** The piece as an identifier. */
function idWord(folded, field, last, { vocabulary }) {
  const id = bareId(folded);
  if (!field && !looksLikeId(id)) return null;
  if (vocabulary.has(id)) return only(id, ["ids"]);
  const begun = last ? vocabulary.beginning(id) : [];
  return begun.length ? every(begun, ["ids"], 1) : null;
}

function wildcard(folded, field, { vocabulary }) {
  const pattern = folded.replace(/^[^\p{L}\p{N}*]+|[^\p{L}\p{N}*]+$/gu, "");
  return [every(vocabulary.matching(pattern), field ? [field] : SEARCHED, 1)];
}

function plainWords(piece, folded, { last, alone }, tools) {
  const written = tools.words(folded);
  // A stop word means nothing, but for the first letters of a query that is being typed.
  const begins = alone && written.length === 1;
  const whole = written.length > 1 && !piece.field ? [...tools.joined(folded).map(tools.stem)] : [];
  return written.map((word, position) => {
    const stopped = tools.isStopWord(word) && piece.field !== "authors" && !begins;
    const found = stopped ? null : oneWord(word, piece, last && position === written.length - 1, tools);
    if (!found) return null;
    for (const term of whole) add(found.terms, term, STEMMED, 1);
    if (!piece.field && tools.vocabulary.has(bareId(folded))) add(found.terms, bareId(folded), ["ids"], 1);
    return found;
  }).filter(Boolean);
}

function oneWord(word, { field, edits }, last, { vocabulary, stem }) {
  const terms = new Map();
  const stemmed = field ? STEMMED.filter((each) => each === field) : STEMMED;
  const exact = field ? SEARCHED.filter((each) => each === field && each === "authors") : ["authors"];
  const near = (distance, weight) => {
    if (word.length > FUZZY_UP_TO) return;
    for (const term of vocabulary.near(stem(word), distance)) add(terms, term, stemmed, weight);
    for (const term of vocabulary.near(word, distance)) add(terms, term, exact, weight);
  };
  const known = vocabulary.has(stem(word)) || vocabulary.has(word);
  const begun = last && !edits ? vocabulary.beginning(word) : [];
  for (const term of begun) {
    const where = field ? [...stemmed, ...exact] : SEARCHED.slice(0, word.length < SHORT ? 3 : 4);
    add(terms, term, where, known ? 0.1 : 0.7);
  }
  add(terms, stem(word), stemmed, 1);
  add(terms, word, exact, 1);
  if (edits) near(edits, 0.5);
  const unknown = !known && !begun.length && !edits && word.length >= FUZZY_FROM;
  const before = terms.size;
  if (unknown) near(1, 0.5);
  // A stem can be two letters away although the word is one: "diffuson" is not cut, "diffusion" is.
  if (unknown && terms.size === before && word.length >= FUZZY_FAR_FROM) near(2, 0.3);
  return { terms, corrected: terms.size > before ? word : "" };
}

function add(terms, term, fields, weight) {
  if (!terms.has(term)) terms.set(term, new Map());
  const weights = terms.get(term);
  for (const field of fields) weights.set(field, Math.max(weight, weights.get(field) ?? 0));
}

function every(found, fields, weight) {
  const terms = new Map();
  for (const term of found) add(terms, term, fields, weight);
  return { terms, corrected: "" };
}

const only = (term, fields) => every([term], fields, 1);
