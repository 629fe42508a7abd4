// How many papers there are, in words.

const LONGEST = 100;

/** 1 -> "1 paper", 1200 -> "1,200 papers". */
export const papers = (count) => `${count.toLocaleString("en")} paper${count === 1 ? "" : "s"}`;

/** What was found for a query, which may be empty: `all` of `total` papers have all words. */
export function summary(query, { total, all }) {
  if (!total) return query ? `No paper found for “${shortened(query.trim())}”` : "No paper found";
  if (!all) return `No paper with all words, ${papers(total)} with some`;
  return all === total ? papers(total) : `${papers(all)} with all words, ${(total - all).toLocaleString("en")} more with some`;
}

/** What a window with this query is called; `title` is what it is called without one. */
export const titled = (query, title) => (query ? `${shortened(query.trim())} - ${title}` : title);

const shortened = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
