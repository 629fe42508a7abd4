// node renewed.mjs LUNR BASE SERVED NEW LATE: searches, puts the files of NEW into SERVED instead of the old ones, searches.
// The head stays the old one until it is asked for LATE times. Prints what was found before and after, and how often.

import { copyFileSync, cpSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { renewing } from "../../theme/assets/sitegen/search/engine.js";
import { head } from "../../theme/assets/sitegen/search/files.js";

const HEAD = "search/head.bin";

const [lunrFile, base, served, fresh, late] = process.argv.slice(2);
const engine = renewing(base, createRequire(import.meta.url)(lunrFile), await head(base), [1, 2, 3]);
const ids = async (query) => (await engine.search(query)).hits.map(({ paperId }) => paperId);
const before = await ids("examined");

copyFileSync(join(served, HEAD), join(served, "old.bin"));
rmSync(join(served, "search"), { recursive: true });
cpSync(fresh, served, { recursive: true });
copyFileSync(join(served, "old.bin"), join(served, HEAD));

let asked = 0;
const plain = fetch;
globalThis.fetch = (url, options) => {
  if (String(url).endsWith(HEAD)) asked += 1;
  if (asked >= Number(late)) copyFileSync(join(fresh, HEAD), join(served, HEAD));
  return plain(url, options);
};
console.log(JSON.stringify([before, await ids("transformers").catch(String), asked]));
