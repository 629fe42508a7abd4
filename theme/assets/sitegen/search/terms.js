// From the pieces of a query to terms of the index: what each word of a reader may stand for.

import { bareId, isKnownId, looksLikeId, namesOf } from "./ids.js";
import { add, completed, LOOKING_PIECES, most, MOST_MATCHES, near, SEARCHED, WEIGHTS } from "./similar.js";

// A document's words are bits of a number.
const MOST_WORDS = 30;
// Beside so many words those of very many papers are not looked for.
const ENOUGH_WORDS = 4;
// Few tags have more words.
const MOST_TAG_WORDS = 4;
// How many pieces all words with a star or a tilde may cost together: more than the vocabulary of 100,000 papers has.
const WIDE_PIECES = 600;

/**
 * The words of a query: [{group, presence, boost, written, terms: Map term -> Map field -> weight, phrase, mayGoOn,
 * isLast, tooWide, missing}], all terms loaded. Words of one piece share its group; a word of a quoted piece has its
 * place in `phrase`; one that fits more words than are looked for has in `tooWide` what was typed, and an identifier
 * that no paper has is `missing`.
 * prefix: the last word may be the beginning of one; if it is a word itself, `mayGoOn` says so (see `completed`).
 */
export async function resolve(pieces, prefix, tools) {
  const skipped = commonWords(pieces, tools);
  tools = { ...tools, budget: { left: WIDE_PIECES } };
  const words = await Promise.all(firstOf(pieces).map(async (piece, group) => {
    const last = prefix && piece === pieces.at(-1) && !piece.quoted;
    const found = await pieceWords(piece, { last, alone: last && group === 0, skipped }, tools);
    return found.map((word) => ({ group, presence: piece.presence, boost: piece.boost, ...word }));
  }));
  const kept = words.flat().sort((a, b) => Boolean(b.presence) - Boolean(a.presence)).slice(0, MOST_WORDS);
  await tools.postings.load(kept.flatMap(({ terms }) => [...terms.keys()]));
  // One letter says little beside words: "3D-centric" is looked for as "d-centric", too.
  const isLetter = ({ written }) => /^[a-z]$/.test(written);
  return kept.some((word) => !isLetter(word)) ? kept.map((word) => ({ ...word, isOptional: isLetter(word) })) : kept;
}

/** Terms of very many papers, if there are enough rarer ones: they change little, and take long to fetch. */
function commonWords(pieces, { fold, words, stem, isStopWord, common }) {
  const isPlain = ({ field, presence, edits, content }) => !field && !presence && !edits && !content.includes("*");
  const plain = pieces.filter((piece) => isPlain(piece) && !isKnownId(bareId(fold(piece.content))));
  const terms = new Set(plain.flatMap(({ content }) => words(content)).filter((word) => !isStopWord(word)).map(stem));
  const found = new Set([...terms].filter((term) => common.has(term)));
  return terms.size - found.size >= ENOUGH_WORDS ? found : new Set();
}

/** As many pieces as there may be words, each once; those that must or must not be there before others. */
function firstOf(pieces) {
  const different = [...new Map(pieces.map((piece) => [JSON.stringify(piece), piece])).values()];
  const conditions = different.filter(({ presence }) => presence).slice(0, MOST_WORDS);
  const others = different.filter(({ presence }) => !presence).slice(0, MOST_WORDS - conditions.length);
  return different.filter((piece) => conditions.includes(piece) || others.includes(piece));
}

async function pieceWords(piece, { last, alone, skipped }, tools) {
  const folded = tools.fold(piece.content).trim();
  if (piece.field === "tags" && !piece.content.includes("*")) {
    const slug = await tagTerm(folded, tools);
    if (slug) return [only(slug, ["tags"])];
  }
  if (!piece.field || piece.field === "ids") {
    const found = await idWord(piece, folded, last, tools);
    if (found) return [found];
  }
  if (piece.content.includes("*")) return [await wildcard(piece, folded, tools)];
  return plainWords(piece, folded, { last, alone, skipped: piece.field || piece.presence ? new Set() : skipped }, tools);
}

/** The term of a tag by its slug or its name, if there is one. */
const tagTerm = (folded, tools) => first([folded, tools.words(folded).join("-")].map((each) => tools.marks.tag + each), "tags", tools);

/** The name of a tag that was written without quotes: `tag:stone age` -> "stone age"; else "". */
export async function unquotedTag(pieces, tools) {
  const at = pieces.findIndex(({ field, quoted }) => field === "tags" && !quoted);
  const isPlain = ({ field, presence, quoted }) => !field && !presence && !quoted;
  for (let end = at + 2; at >= 0 && end <= Math.min(pieces.length, at + MOST_TAG_WORDS) && isPlain(pieces[end - 1]); end += 1) {
    const name = pieces.slice(at, end).map(({ content }) => content).join(" ");
    if (await tagTerm(tools.fold(name), tools)) return name;
  }
  return "";
}

/** The first of these that is a term of the field. */
async function first(terms, field, { postings }) {
  await postings.load(terms);
  return terms.find((term) => postings.get(term)?.fields.some((each) => each.field === field));
}

/** The piece as an identifier, which may be `missing`; null if it is none. */
async function idWord({ content, field, edits }, folded, last, tools) {
  const id = bareId(folded);
  if (!id || (!field && !looksLikeId(id))) return null;
  const name = await first(namesOf(id), "ids", tools);
  if (name) return only(name, ["ids"]);
  const begun = last ? await tools.vocabulary.beginning(id, { left: LOOKING_PIECES }) : [];
  if (begun?.length) return every(begun.slice(0, MOST_MATCHES).map(({ word }) => word), ["ids"], 1);
  const isWhole = begun && !edits && !content.includes("*");
  // Its parts would find papers that have nothing to do with it.
  return isWhole && (field || isKnownId(id)) ? { ...every([], ["ids"], 1), missing: content } : null;
}

async function wildcard({ content, field }, folded, { vocabulary, stem, budget }) {
  // Hyphenated words stand in the index as one, too.
  const pattern = folded.replace(/^[^\p{L}\p{N}*]+|[^\p{L}\p{N}*]+$/gu, "").replace(/[-‐'’]/g, "").replace(/\*+/g, "*");
  const found = await vocabulary.matching(pattern, budget);
  const { terms, areAll } = most([found], stem);
  return { ...every(terms, field ? [field] : SEARCHED, 1), tooWide: areAll ? "" : content };
}

async function plainWords(piece, folded, { last, alone, skipped }, tools) {
  const written = tools.words(folded);
  // A stop word means nothing, but for the first letters of a query that is being typed.
  const begins = alone && written.length === 1;
  const whole = written.length > 1 && !piece.field ? tools.joined(folded).map(tools.stem) : [];
  const id = bareId(folded);
  const words = await Promise.all(written.map(async (word, place) => {
    const stopped = tools.isStopWord(word) && piece.field !== "authors" && !begins;
    if (stopped || skipped.has(tools.stem(word))) return null;
    const found = await oneWord(word, piece, last && place === written.length - 1, tools);
    for (const term of whole) add(found.terms, term, SEARCHED, 1);
    if (!piece.field && id) add(found.terms, id, ["ids"], 1);
    return { ...found, phrase: piece.quoted ? place : null };
  }));
  return words.filter(Boolean);
}

async function oneWord(word, { field, edits, quoted }, last, tools) {
  const { postings, stem, marks } = tools;
  const terms = new Map();
  const fields = field ? [field] : SEARCHED;
  await postings.load([stem(word)]);
  const known = postings.get(stem(word))?.fields.some((each) => fields.includes(each.field));
  add(terms, stem(word), fields, 1);
  // "retracted" papers are those that are marked so, too.
  if (!field && !quoted && Object.hasOwn(marks.is, word)) add(terms, marks.is[word], ["tags"], 1);
  const others = edits ? await near(word, edits, tools) : { terms: [], areAll: true };
  for (const term of others.terms) add(terms, term, fields, WEIGHTS.near);
  const tooWide = others.areAll ? "" : `${word}~${edits}`;
  const found = { terms, fields, tooWide, written: edits || quoted ? "" : word, mayGoOn: last && !edits, isLast: last, known };
  return found.mayGoOn && !known ? (await completed(found, tools)) ?? found : found;
}

function every(found, fields, weight) {
  const terms = new Map();
  for (const term of found) add(terms, term, fields, weight);
  return { terms, written: "" };
}

const only = (term, fields) => every([term], fields, 1);
