// Which words there are (sitegen/search/vocabulary.py): those that begin with, look like or are near what was typed.

import { lastBefore } from "./files.js";
import { Bytes, text } from "./bytes.js";
import { within } from "./edits.js";

const IS_TERM = 128;
const IS_WRITTEN = 64;
const COMMON = 63;
// No text that begins with a prefix comes after the prefix with this.
const LAST = "\uffff";

const ANY = { left: Infinity };

function spend(budget, cost) {
  if (cost > budget.left) return false;
  budget.left -= cost;
  return true;
}

/**
 * Words as {word, isTerm, isWritten, common}: a term of the index; a word whose term is its stem; log2 of how many have
 * its term. `budget` is {left}: how many pieces of the vocabulary may be looked through; if it takes more, the answer is
 * null, and else so many are taken off.
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
      /** The words that begin (or end) with `part`, and pass a test. */
      async words(part, test = () => true) {
        if (!head.documents) return [];
        const prefix = turn(part);
        const [first, last] = bounds(prefix);
        const found = [];
        for (const words of await Promise.all(Array.from({ length: last - first + 1 }, (_, at) => piece(first + at)))) {
          for (const each of words) {
            if (!each.word.startsWith(prefix)) continue;
            const word = turn(each.word);
            if (test(word)) found.push({ ...each, word });
          }
        }
        return found;
      },
    };
  }

  return {
    /** Words that begin with `prefix`. */
    async beginning(prefix, budget = ANY) {
      return spend(budget, forwards.cost(prefix)) ? forwards.words(prefix) : null;
    },

    /** Words that look like `pattern`, in which `*` stands for any letters. */
    async matching(pattern, budget = ANY) {
      const parts = pattern.split("*");
      const [start, end] = [parts[0], parts.at(-1)];
      const [side, part] = end && backwards.cost(end) < forwards.cost(start) ? [backwards, end] : [forwards, start];
      return spend(budget, side.cost(part)) ? side.words(part, (word) => fits(word, parts)) : null;
    },

    /** Words at most `edits` letters away from `word`: a letter more, less or different, or two swapped. */
    async near(word, edits, budget = ANY) {
      const parts = edits > 1 ? [[forwards, ""]] : halves(word);
      if (!spend(budget, parts.reduce((sum, [side, part]) => sum + side.cost(part), 0))) return null;
      const found = await Promise.all(parts.map(([side, part]) => side.words(part, (each) => within(word, each, edits))));
      return [...new Map(found.flat().map((each) => [each.word, each])).values()];
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
  const bytes = new Bytes(data);
  const lines = text(bytes.take(bytes.number())).split("\n");
  return lines.map((word, at) => {
    const facts = data[bytes.at + at];
    return { word, isTerm: Boolean(facts & IS_TERM), isWritten: Boolean(facts & IS_WRITTEN), common: facts & COMMON };
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
