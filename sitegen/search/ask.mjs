// node ask.mjs CODE SITE: asks the search of the site in the folder SITE each of the queries on standard input, a JSON list
// of texts, and prints [{hits: [paper id, …], bytes, ms}, …]. CODE: a folder with the search's modules and lunr.js.

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

// As many as the search page shows at first.
const HITS = 10;
// So many queries are asked before those that count: a program that has just started is slow.
const WARM = 20;

const [code, site] = process.argv.slice(2);
const base = new URL("search/", pathToFileURL(join(site, "/")));
const load = (name) => import(pathToFileURL(join(code, name)));
let fetched = 0;

/** What the search fetches are files of the site, read and counted here; any other address is an error. */
globalThis.fetch = async function fetchFile(url) {
  if (!url.href.startsWith(base.href)) throw new Error(`${url} is no file of the search`);
  try {
    const data = await readFile(fileURLToPath(url));
    fetched += data.length;
    return new Response(data);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    return new Response(null, { status: 404 });
  }
};

async function main() {
  const [{ renewing }, { head }, { default: lunr }] = await Promise.all(["engine.js", "files.js", "lunr.js"].map(load));

  /** The answer of an engine that knows nothing yet. */
  async function answer(query) {
    fetched = 0;
    const start = performance.now();
    const { hits } = await renewing(base, lunr, await head(base)).search(query, { limit: HITS });
    return { hits: hits.map(({ paperId }) => paperId), bytes: fetched, ms: performance.now() - start };
  }

  const queries = JSON.parse(readFileSync(0, "utf-8"));
  for (const query of queries.slice(0, WARM)) await answer(query);
  const answers = [];
  for (const query of queries) answers.push(await answer(query));
  process.stdout.write(JSON.stringify(answers));
}

main().catch((error) => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
