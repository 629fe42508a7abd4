// What a hit shows at once (sitegen/search/rows.py).

import { text } from "./bytes.js";

/** row(document): {paperId, url, title, titleHtml, date, authors, notice}; `url` is relative to the site's root. */
export function rows(head, file) {
  const { chunks, inChunk, inFile } = head.rows;
  return async function row(document) {
    const inside = document % inChunk;
    const path = `rows/${chunks[Math.floor(document / inChunk)]}/${Math.floor(inside / inFile)}.bin`;
    const found = JSON.parse(text(await file(path)))[inside % inFile];
    const [paperId, title, titleHtml, date, authors, notice, url] = found;
    return { paperId, url: url || `papers/${paperId}/`, title, titleHtml, date, authors, notice };
  };
}
