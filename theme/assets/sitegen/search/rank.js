// Which papers are found, and in which order.

import { masks, scores } from "./score.js";

// What a hit is, the best first.
export const EXACT_TITLE = 3;
const TITLE_BEGINS = 2;
const ALL_WORDS = 1;
const SOME_WORDS = 0;
// Higher than any score.
const SHARE = 1e6;
const TIER = 1e9;

export const counts = (word) => word.presence !== "-";

/**
 * {documents, keys, all}: the documents that are found, in no order, with their keys: the higher, the better; `all` is
 * how many have all words, `begun` how many of these are found by their title's beginning. titles: {whole, start};
 * keeps, phrases: document -> boolean; forms: see `scores`.
 */
export function ranked(words, titles, keeps, phrases, forms, { get, boosts, documents: count }) {
  const has = masks(words, get, count);
  const scored = words.filter(counts);
  const score = scores(scored, get, boosts, count, forms);
  const any = bits(words, counts);
  const every = bits(words, (word) => counts(word) && !word.isOptional) || any;
  // What begins as the query does need not have its last word, which may be half typed.
  const certain = bits(words, (word) => counts(word) && !word.isOptional && !word.isLast);
  const share = coverage(words, get, count);
  const required = bits(words, (word) => word.presence === "+");
  const banned = groups(words, (word) => !counts(word));
  const whole = new Set(titles.whole);
  const start = new Set(titles.start);
  // A query of nothing but conditions finds all papers that meet them.
  const isOpen = !any && (words.length > 0 || titles.open);
  const documents = [];
  const keys = [];
  let all = 0;
  let begun = 0;
  for (let document = 0; document < count; document += 1) {
    const mask = has[document];
    const isWhole = whole.has(document);
    const begins = start.has(document) && (mask & certain) === certain;
    if (!isWhole && !isOpen && !(mask & any) && !begins) continue;
    if (!keeps(document)) continue;
    if ((mask & required) !== required || banned.some((group) => (mask & group) === group) || !phrases(document)) continue;
    const tier = tierOf(isWhole, begins, isOpen || (every && (mask & every) === every));
    if (tier > SOME_WORDS) all += 1;
    if (tier > ALL_WORDS) begun += 1;
    documents.push(document);
    keys.push(tier * TIER + (tier === SOME_WORDS ? share(mask) : 0) + score[document]);
  }
  return { documents: Uint32Array.from(documents), keys: Float64Array.from(keys), all, begun };
}

/** Mask -> how much of what the query says these words are: rare words say more. */
function coverage(words, get, count) {
  const known = new Map();
  const says = words.map((word) => (counts(word) ? Math.log(1 + count / (1 + commonest(word, get))) : 0));
  const whole = says.reduce((sum, value) => sum + value, 0) || 1;
  return (mask) => {
    if (!known.has(mask)) {
      const sum = says.reduce((most, value, at) => (mask & (1 << at) ? most + value : most), 0);
      known.set(mask, Math.round((sum / whole) * 100) * SHARE);
    }
    return known.get(mask);
  };
}

const commonest = ({ terms }, get) => Math.max(0, ...[...terms.keys()].map((term) => get(term)?.documents ?? 0));

function tierOf(isWhole, begins, hasAll) {
  if (isWhole) return EXACT_TITLE;
  if (begins) return TITLE_BEGINS;
  return hasAll ? ALL_WORDS : SOME_WORDS;
}

export const tierOfKey = (key) => Math.floor(key / TIER);

/** The documents from place `offset` to `end`, the best first; of two that are equally good the newer one. */
export function best({ documents, keys }, offset, end) {
  const least = leastOf(keys, end);
  const chosen = [];
  for (let at = 0; at < keys.length; at += 1) if (keys[at] >= least) chosen.push(at);
  chosen.sort((a, b) => keys[b] - keys[a] || documents[b] - documents[a]);
  return chosen.slice(offset, end).map((at) => documents[at]);
}

/** The key of the `count`-th best. */
function leastOf(keys, count) {
  if (keys.length <= count) return -Infinity;
  return keys.slice().sort()[keys.length - count];
}

const bits = (words, which) => words.reduce((mask, word, position) => (which(word) ? mask | (1 << position) : mask), 0);

/** The bits of each piece: `-two-words` bans papers that have both. A phrase is looked at elsewhere. */
function groups(words, which) {
  const chosen = words.filter((word) => which(word) && !word.isPhrase);
  return [...new Set(chosen.map((word) => word.group))].map((group) => bits(words, (word) => word.group === group));
}
