// Titles as a whole (sitegen/search/titles.py): the paper whose title was typed comes first, whatever its words are.

import { Bytes } from "./bytes.js";

const STARTING_WORDS = 3;
const BITS = 32;
// So many are looked at: their rows are needed anyway, for they come first. Among more a wrong one is seldom seen.
const MOST = 6;

/**
 * find(query): {whole, start}: documents with this title, and documents whose title begins as the query does. words:
 * text -> its folded words; row: see rows.js.
 */
export function titles(head, file, words, row) {
  /** The documents whose titles have the same form as the query; those of another one have its number by chance. */
  async function documents(query, mark, form) {
    const wanted = form(words(query));
    const number = numberOf(mark + wanted);
    const index = head.titleBits ? number >>> (BITS - head.titleBits) : 0;
    const found = table(new Bytes(await file(`${head.generation}/t${index}.bin`))).get(number) ?? [];
    // A title as it was written, with TeX, stands in no row.
    if (found.length > MOST || query.includes("\\")) return found;
    const forms = await Promise.all(found.map(async (document) => form(words((await row(document)).title))));
    return found.filter((_, at) => forms[at] === wanted);
  }

  return async function find(query) {
    const count = words(query).length;
    const [whole, start] = await Promise.all([
      count ? documents(query, "=", (found) => found.join("")) : [],
      count >= STARTING_WORDS ? documents(query, "^", (found) => found.slice(0, STARTING_WORDS).join(" ")) : [],
    ]);
    return { whole, start };
  };
}

function table(bytes) {
  const count = bytes.number();
  let number = 0;
  const numbers = Array.from({ length: count }, () => (number += bytes.number()));
  const found = new Map();
  for (const each of numbers) {
    if (!found.has(each)) found.set(each, []);
    found.get(each).push(bytes.number());
  }
  return found;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 of a text in UTF-8. */
export function numberOf(text) {
  let value = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) value = TABLE[(value ^ byte) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
