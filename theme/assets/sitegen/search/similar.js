// From a word as it was typed to the words of the index that it may stand for.

export const SEARCHED = ["title", "tags", "authors", "abstract"];
// So short a beginning says nothing about an abstract.
const SHORT = 3;
const MISSPELT_FROM = 4;
const LONGEST_MISSPELT = 24;
// How many terms the beginning of a word, a misspelt word, and one with a star may stand for.
const MOST_COMPLETIONS = 10;
const MOST_CORRECTIONS = 6;
export const MOST_MATCHES = 300;
// How many pieces of the vocabulary a word that is being typed may cost, and one that has a star or is misspelt.
const TYPING_PIECES = 4;
export const LOOKING_PIECES = 16;
// What a term counts that is not quite the word: its continuation, where the word itself is one or is not; another
// spelling, where it was asked for or was not.
export const WEIGHTS = { longer: 0.1, completed: 0.7, near: 0.5, corrected: 0.5 };

/** Terms near the word's, as lunr has it, and terms of words near it as it is written: a stem can be further away. */
export async function near(word, edits, { vocabulary, stem, budget }) {
  if (word.length > LONGEST_MISSPELT) return { terms: [], areAll: true };
  const [terms, written] = await Promise.all([vocabulary.near(stem(word), edits, budget), vocabulary.near(word, edits, budget)]);
  return most([terms && terms.filter(({ isTerm }) => isTerm), written], stem);
}

/** A word that may be the beginning of one, with the terms of those; null if there are none. Terms are loaded. */
export async function completed({ mayGoOn, ...word }, tools) {
  const { written, known, fields } = word;
  const found = mayGoOn ? await tools.vocabulary.beginning(written, { left: TYPING_PIECES }) : [];
  const where = written.length < SHORT && fields === SEARCHED ? fields.filter((field) => field !== "abstract") : fields;
  const more = await withTerms(word, termsOf(found ?? [], tools.stem).slice(0, MOST_COMPLETIONS), where, known ? WEIGHTS.longer : WEIGHTS.completed, tools);
  return more && { ...more, written: known ? written : "" };
}

/**
 * Other spellings of a word that few papers have: the word with more terms, whose words are in `corrected`, or null.
 * One letter more, less or different, or two swapped; compared with words as they are written, for a stem can be
 * further away; where no word is near, stems are compared ("earthqake" is not near "earthquakes").
 */
export async function corrected(word, tools) {
  const { written, terms, fields } = word;
  if (written.length < MISSPELT_FROM || written.length > LONGEST_MISSPELT) return null;
  // A term may be looked for as an identifier only.
  const isLookedFor = (term) => fields.every((field) => terms.get(term)?.has(field));
  const termsOfOthers = (words) => termsOf(words, tools.stem).filter((term) => !isLookedFor(term)).slice(0, MOST_CORRECTIONS);
  let found = await nearOne(written, tools);
  let others = termsOfOthers(found);
  if (!others.length && tools.stem(written) !== written) {
    found = await ofNearStems(tools.stem(written), tools);
    others = termsOfOthers(found);
  }
  const more = await withTerms(word, others, fields, WEIGHTS.corrected, tools);
  return more && { ...more, corrected: others.map((term) => spelling(term, found, tools.stem)) };
}

const nearOne = async (text, { vocabulary }) => (await vocabulary.near(text, 1, { left: LOOKING_PIECES })) ?? [];

/** The words whose terms are near a stem. */
async function ofNearStems(stemmed, tools) {
  const stems = new Set((await nearOne(stemmed, tools)).filter(({ isTerm }) => isTerm).map(({ word }) => word));
  const found = await Promise.all([...stems].slice(0, MOST_CORRECTIONS).map((each) => tools.vocabulary.beginning(each, { left: TYPING_PIECES })));
  return found.flatMap((words) => words ?? []).filter(({ word, isTerm }) => (isTerm ? stems.has(word) : stems.has(tools.stem(word))));
}

/** The commonest of the words that have the term; a word may be its own stem. */
function spelling(term, words, stem) {
  const same = words.filter(({ word, isWritten }) => isWritten && stem(word) === term);
  return same.reduce((best, each) => (each.common > best.common ? each : best), same[0])?.word ?? term;
}

async function withTerms(word, found, fields, weight, { postings }) {
  if (!found.length) return null;
  await postings.load(found);
  const terms = new Map([...word.terms].map(([term, weights]) => [term, new Map(weights)]));
  // Rare ones count no more than the commonest: nobody knows yet which is meant.
  const least = Math.min(...found.map((term) => postings.get(term)?.idf ?? Infinity));
  for (const term of found) add(terms, term, fields, (weight * least) / (postings.get(term)?.idf ?? least));
  return { ...word, terms };
}

/** The commonest terms of words that were found, each time null if that would have taken too long. */
export function most(found, stem) {
  const terms = termsOf(found.flatMap((words) => words ?? []), stem);
  return { terms: terms.slice(0, MOST_MATCHES), areAll: terms.length <= MOST_MATCHES && !found.includes(null) };
}

/** The terms of words, the commonest first; not those of tags and identifiers, which are no words. */
function termsOf(words, stem) {
  const common = new Map();
  for (const { word, isTerm, isWritten, common: value } of words) {
    if (!/^[\p{L}\p{N}]*$/u.test(word)) continue;
    for (const term of [...(isTerm ? [word] : []), ...(isWritten ? [stem(word)] : [])]) {
      common.set(term, Math.max(value, common.get(term) ?? 0));
    }
  }
  return [...common.keys()].sort((a, b) => common.get(b) - common.get(a) || a.length - b.length);
}

export function add(terms, term, fields, weight) {
  if (!terms.has(term)) terms.set(term, new Map());
  const weights = terms.get(term);
  for (const field of fields) weights.set(field, Math.max(weight, weights.get(field) ?? 0));
}
