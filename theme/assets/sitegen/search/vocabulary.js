// The terms of the index: which begin with, look like or are near what a reader typed.

const MOST = 300;
const MOST_STARS = 3;

/** terms, completions: in order of UTF-16 units, as JavaScript compares; stem: word -> its term. */
export function vocabulary(lunr, index, { terms, completions }, stem, tagMark) {
  const known = new Set(terms);

  /** At most MOST terms, the shortest first. */
  const limited = (found) => [...new Set(found)].filter((term) => known.has(term) && !term.startsWith(tagMark))
    .sort((a, b) => a.length - b.length).slice(0, MOST);

  return {
    has: (term) => known.has(term),

    /** Terms of words that begin with `prefix`. */
    beginning: (prefix) => limited([...range(terms, prefix), ...range(completions, prefix).map(stem)]),

    /** Terms of words that look like `pattern`, in which `*` stands for any letters. */
    matching(pattern) {
      const parts = pattern.split(/\*+/);
      const shape = new RegExp(`^${[...parts.slice(0, MOST_STARS), parts.slice(MOST_STARS).join("")].map(escaped).join(".*")}$`, "su");
      const fits = (word) => shape.test(word);
      return limited([...terms.filter(fits), ...completions.filter(fits).map(stem)]);
    },

    /** Terms at most `edits` letters away from `term`. */
    near(term, edits) {
      const query = lunr.TokenSet.fromFuzzyString(term, edits);
      return limited(index.tokenSet.intersect(query).toArray());
    },
  };
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\\/]/g, String.raw`\$&`);

/** The entries of a sorted list that begin with `prefix`. */
function range(sorted, prefix) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < prefix) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < sorted.length && sorted[end].startsWith(prefix)) end += 1;
  return sorted.slice(low, end);
}
