// How many letters two words are apart, as lunr's fuzzy words (`word~1`) have it.

/**
 * Whether `typed` becomes `word` by at most `most` edits: a letter more, less or different, or two neighbours swapped,
 * of which one may be edited again. Letters are UTF-16 units, as lunr has it.
 */
export function within(typed, word, most, from = 0, at = 0) {
  while (from < typed.length && at < word.length && typed[from] === word[at]) [from, at] = [from + 1, at + 1];
  const [left, right] = [typed.length - from, word.length - at];
  if (!left || !right || !most) return left + right <= most;
  if (Math.abs(left - right) > most) return false;
  return within(typed, word, most - 1, from, at + 1)
    || within(typed, word, most - 1, from + 1, at)
    || within(typed, word, most - 1, from + 1, at + 1)
    || (left > 1 && typed[from + 1] === word[at] && within(typed[from] + typed.slice(from + 2), word, most - 1, 0, at + 1));
}
