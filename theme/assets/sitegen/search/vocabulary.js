// Which words there are (sitegen/search/vocabulary.py): those that begin with, look like or are near what was typed.

import { lastBefore } from "./files.js";
import { text } from "./bytes.js";
import { within } from "./edits.js";

const IS_TERM = 128;
const COMMON = 63;
// No text that begins with a prefix comes after the prefix with this.
const LAST = "\uffff";

/**
 * Words as {word, isTerm, isWritten, common}: a term of the index; a word whose term is its stem; log2 of how many have
 * its term. `most` is how many pieces of the vocabulary may be fetched; if it takes more, the answer is null.
 */
export function vocabulary(head, file) {
  const cuts = head.cuts.split("\n").filter((_, number) => number % head.shardsInPiece === 0);
  const endings = head.endings.split("\n");
  const forwards = side("w", cuts, (word) => word);
  const backwards = side("e", endings, reversed);

  function side(kind, cuts, turn) {
    const known = new Map();
    async function piece(number) {
      if (!known.has(number)) known.set(number, words(await file(`${head.generation}/${kind}${number}.bin`)));
      return known.get(number);
    }
    const bounds = (prefix) => [lastBefore(cuts, prefix), lastBefore(cuts, prefix + LAST)];
    return {
      /** How many pieces have words that begin (or end) with `part`. */
      cost(part) {
        const [first, last] = bounds(turn(part));
        return last - first + 1;
      },
      async words(part) {
        if (!head.documents) return [];
        const prefix = turn(part);
        const [first, last] = bounds(prefix);
        const pieces = await Promise.all(Array.from({ length: last - first + 1 }, (_, at) => piece(first + at)));
        return pieces.flat().filter(({ word }) => word.startsWith(prefix)).map((each) => ({ ...each, word: turn(each.word) }));
      },
    };
  }

  return {
    /** Words that begin with `prefix`. */
    async beginning(prefix, most = Infinity) {
      return forwards.cost(prefix) > most ? null : forwards.words(prefix);
    },

    /** Words that look like `pattern`, in which `*` stands for any letters. */
    async matching(pattern, most = Infinity) {
      const parts = pattern.split("*");
      const [start, end] = [parts[0], parts.at(-1)];
      const best = end && backwards.cost(end) < forwards.cost(start) ? [backwards, end] : [forwards, start];
      if (best[0].cost(best[1]) > most) return null;
      return (await best[0].words(best[1])).filter(({ word }) => fits(word, parts));
    },

    /** Words at most `edits` letters away from `word`: a letter more, less or different, or two swapped. */
    async near(word, edits, most = Infinity) {
      const parts = edits > 1 ? [[forwards, ""]] : halves(word);
      if (parts.reduce((sum, [side, part]) => sum + side.cost(part), 0) > most) return null;
      const found = await Promise.all(parts.map(([side, part]) => side.words(part)));
      const byWord = new Map(found.flat().filter((each) => within(word, each.word, edits)).map((each) => [each.word, each]));
      return [...byWord.values()];
    },
  };

  /** One edit leaves what is before or what is after any place as it is, but for two letters swapped across it. */
  function halves(word) {
    const places = Array.from({ length: word.length + 1 }, (_, at) => at).filter((at) => !isInsideLetter(word, at));
    const splits = places.map((at) => [
      [forwards, word.slice(0, at)],
      [backwards, word.slice(at)],
      ...(at > 0 && at < word.length ? [[forwards, swapped(word, at)]] : []),
    ]);
    const cost = (parts) => parts.reduce((sum, [side, part]) => sum + side.cost(part), 0);
    return splits.reduce((best, parts) => (cost(parts) < cost(best) ? parts : best));
  }
}

/** Whether a place is between the two units of one letter. */
const isInsideLetter = (word, at) => at > 0 && word.codePointAt(at - 1) > 0xffff;

const swapped = (word, at) => word.slice(0, at - 1) + word[at] + word[at - 1] + word.slice(at + 1);

function words(data) {
  const end = data.indexOf(0);
  return text(data.subarray(0, end)).split("\n").map((word, at) => {
    const facts = data[end + 1 + at];
    return { word, isTerm: Boolean(facts & IS_TERM), isWritten: Boolean(facts & 64), common: facts & COMMON };
  });
}

const reversed = (word) => [...word].reverse().join("");

/** Whether a word is `parts` with any letters between them. */
function fits(word, parts) {
  if (parts.length === 1) return word === parts[0];
  const [start, end] = [parts[0], parts.at(-1)];
  if (word.length < start.length + end.length || !word.startsWith(start) || !word.endsWith(end)) return false;
  const last = word.length - end.length;
  let at = start.length;
  for (const part of parts.slice(1, -1)) {
    at = word.indexOf(part, at);
    if (at < 0 || at + part.length > last) return false;
    at += part.length;
  }
  return true;
}
