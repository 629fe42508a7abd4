// The files of the search, fetched when they are needed and kept.

import { text, unpacked } from "./bytes.js";

/** The search was published anew: its files have other names now. */
export class Outdated extends Error {}

/** The head of the search at `base`; always asked for anew, and a server says in few bytes that it is the same. */
export async function head(base) {
  return JSON.parse(text(await get(new URL("head.bin", base), "no-cache")));
}

/** file(path): the bytes of a file of the search; fetched once. Rejects with Outdated if it is there no more. */
export function files(base) {
  const kept = new Map();
  return function file(path) {
    if (!kept.has(path)) {
      const asked = get(new URL(path, base));
      kept.set(path, asked);
      // What failed may be there the next time.
      asked.catch(() => kept.delete(path));
    }
    return kept.get(path);
  };
}

async function get(url, cache = "default") {
  const response = await fetch(url, { cache });
  if (response.status === 404) throw new Outdated(`${url}: 404`);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return unpacked(response);
}

/** The number of the last of `cuts` that is not after `text`, 0 if all are. */
export function lastBefore(cuts, text) {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle] <= text) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
