// Titles as a whole (sitegen/search/titles.py): the paper whose title was typed comes first, whatever its words are.

import { Bytes } from "./bytes.js";

const STARTING_WORDS = 3;
const BITS = 32;

/** find(words): {whole, start}: documents with this title, and documents whose title begins as these words do. */
export function titles(head, file) {
  async function documents(number) {
    const index = head.titleBits ? number >>> (BITS - head.titleBits) : 0;
    return table(new Bytes(await file(`${head.generation}/t${index}.bin`))).get(number) ?? [];
  }

  return async function find(words) {
    const [whole, start] = await Promise.all([
      words.length ? documents(numberOf(`=${words.join("")}`)) : [],
      words.length >= STARTING_WORDS ? documents(numberOf(`^${words.slice(0, STARTING_WORDS).join(" ")}`)) : [],
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
