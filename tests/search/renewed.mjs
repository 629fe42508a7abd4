// node renewed.mjs LUNR BASE SERVED NEW: searches, puts the files of NEW into SERVED instead of the old ones, searches.

import { cpSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { renewing } from "../../theme/assets/sitegen/search/engine.js";
import { head } from "../../theme/assets/sitegen/search/files.js";

const [lunrFile, base, served, fresh] = process.argv.slice(2);
const engine = renewing(base, createRequire(import.meta.url)(lunrFile), await head(base));
const ids = async (query) => (await engine.search(query)).hits.map(({ paperId }) => paperId);
const before = await ids("examined");
rmSync(join(served, "search"), { recursive: true });
cpSync(fresh, served, { recursive: true });
console.log(JSON.stringify([before, await ids("transformers")]));
