// node exactness.mjs LUNR BASE DOCUMENTS QUERIES: are our results those of one whole lunr.js index?
// Prints {"queries", "hits", "different": [[query, why], …]}.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { searcher } from "./lunr_query.mjs";

const HITS = 50;
const TOLERANCE = 1e-6;

const [lunrFile, base, documentsFile, queriesFile] = process.argv.slice(2);
const lunr = createRequire(import.meta.url)(lunrFile);
const { fields, documents } = JSON.parse(readFileSync(documentsFile, "utf-8"));
mendTokenSets();
const index = whole();
const search = await searcher(lunr, base);

/**
 * lunr.js 2.3.9 takes {"1": 23} and {"1": 2, "3": …} for the same node when it shares the ends of words, so that its
 * wildcards miss words with digits, find some that do not exist, and throw on these.
 */
function mendTokenSets() {
  lunr.TokenSet.prototype.toString = function toString() {
    this._str ??= JSON.stringify([this.final, Object.keys(this.edges).sort().map((label) => [label, this.edges[label].id])]);
    return this._str;
  };
}

function whole() {
  const builder = new lunr.Builder();
  builder.ref("number");
  builder.b(0);
  builder.searchPipeline.add(lunr.stemmer);
  for (const [field, boost] of Object.entries(fields)) builder.field(field, { boost });
  documents.forEach((document, number) => builder.add({ number, ...document }));
  return builder.build();
}

async function compared(query) {
  const theirs = index.search(query);
  const ours = await search(query);
  if (ours.length !== theirs.length) return `${ours.length} papers, lunr.js has ${theirs.length}`;
  const score = new Map(ours);
  for (const [at, { ref, score: wanted }] of theirs.slice(0, HITS).entries()) {
    // Of papers that score the same any may come first.
    if (Math.abs(ours[at][1] - wanted) > TOLERANCE) return `place ${at}: ${ours[at][1]}, lunr.js has ${wanted}`;
    const own = score.get(Number(ref));
    if (own === undefined || Math.abs(own - wanted) > TOLERANCE) return `document ${ref}: ${own}, lunr.js has ${wanted}`;
  }
  return "";
}

const queries = JSON.parse(readFileSync(queriesFile, "utf-8"));
const different = [];
let hits = 0;
for (const query of queries) {
  const why = await compared(query);
  if (why) different.push([query, why]);
  hits += index.search(query).length > 0;
}
console.log(JSON.stringify({ queries: queries.length, hits, different }));
