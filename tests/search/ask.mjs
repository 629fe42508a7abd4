// node ask.mjs LUNR BASE ASKED [ENGINE]: what the engine answers. ASKED: a file with [[method, …arguments], …] in JSON.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { head } from "../../theme/assets/sitegen/search/files.js";

const [lunrFile, base, askedFile, engineFile = "../../theme/assets/sitegen/search/engine.js"] = process.argv.slice(2);
const { renewing } = await import(engineFile);
const engine = renewing(base, createRequire(import.meta.url)(lunrFile), await head(base));
const answers = [];
for (const [method, ...asked] of JSON.parse(readFileSync(askedFile, "utf-8"))) answers.push(await engine[method](...asked));
console.log(JSON.stringify(answers));
