// Which papers are found, and in which order.

import { masks, scores } from "./score.js";

// What a hit is, the best first.
export const EXACT_TITLE = 3;
const TITLE_BEGINS = 2;
const ALL_WORDS = 1;
export const SOME_WORDS = 0;
// Beside the bits of words, of which there are fewer (MOST_WORDS in terms.js).
const WHOLE = 1 << 30;
const BEGINS = 1 << 31;
// Higher than any score.
const SHARE = 1e6;
const TIER = 1e9;

export const counts = (word) => word.presence !== "-";

/**
 * {documents, masks, tiers, all, begun}: the documents that are found, in ascending order, which words each has, as bits,
 * and what kind of hit it is; `all` is how many have all words, `begun` how many of these are found by their title's
 * beginning. titles: {whole, start, open}; keeps, phrases: see `meetsAll`.
 */
export function matches(words, titles, keeps, phrases, { get, documents: count }) {
  const has = masks(words, get, count);
  for (const document of titles.whole) has[document] |= WHOLE;
  for (const document of titles.start) has[document] |= BEGINS;
  const any = bits(words, counts);
  const every = bits(words, (word) => counts(word) && !word.isOptional) || any;
  // What begins as the query does need not have its last word, which may be half typed.
  const certain = bits(words, (word) => counts(word) && !word.isOptional && !word.isLast);
  const required = bits(words, (word) => word.presence === "+");
  const banned = groups(words, (word) => !counts(word));
  // A query of nothing but conditions finds all papers that meet them.
  const isOpen = !any && (words.length > 0 || titles.open);
  const documents = new Uint32Array(count);
  const tiers = new Uint8Array(count);
  let [size, all, begun] = [0, 0, 0];
  // Most documents leave this loop at its first lines: it is what takes long in an archive of 100,000 papers.
  for (let document = 0; document < count; document += 1) {
    const mask = has[document];
    const begins = (mask & BEGINS) && (mask & certain) === certain;
    if (!isOpen && !begins && !(mask & (any | WHOLE))) continue;
    if ((mask & required) !== required || isBanned(mask, banned) || !keeps(document) || !phrases(document)) continue;
    const tier = tierOf(mask & WHOLE, begins, isOpen || (every && (mask & every) === every));
    if (tier > SOME_WORDS) all += 1;
    if (tier > ALL_WORDS) begun += 1;
    documents[size] = document;
    tiers[size] = tier;
    size += 1;
  }
  const found = documents.slice(0, size);
  return { documents: found, masks: Int32Array.from(found, (document) => has[document]), tiers: tiers.slice(0, size), all, begun };
}

/** What `matches` found with `keys`: of each document one, the higher, the better. forms: see `scores`. */
export function ranked(found, words, forms, { get, boosts, documents: count }) {
  const score = scores(words.filter(counts), get, boosts, count, forms);
  const share = coverage(words, get, count);
  const keys = new Float64Array(found.documents.length);
  for (let at = 0; at < keys.length; at += 1) {
    const tier = found.tiers[at];
    keys[at] = tier * TIER + (tier === SOME_WORDS ? share(found.masks[at]) : 0) + score[found.documents[at]];
  }
  return { ...found, keys };
}

/** document -> whether it meets all of these; most often there are none. */
export function meetsAll(tests) {
  return tests.length ? (document) => tests.every((test) => test(document)) : () => true;
}

function isBanned(mask, groups) {
  return groups.length > 0 && groups.some((group) => (mask & group) === group);
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

/** The documents from place `offset` to `end`, the best first; of two that are equally good the newer one. */
export function best({ documents, keys, all }, offset, end) {
  // Papers with all words come before all others.
  const least = leastOf(all >= end ? keys.filter((key) => key >= TIER) : keys, end);
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
