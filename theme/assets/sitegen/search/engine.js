// The search itself. It knows nothing of the page, and runs in a worker or in the page.

import { reader } from "./fold.js";
import { serialised } from "./lunr-index.js";
import { parse, FIELDS } from "./query.js";
import { snippet } from "./snippet.js";
import { resolve } from "./terms.js";
import { titleTable } from "./titles.js";
import { vocabulary } from "./vocabulary.js";

// What a hit is, the best first.
const EXACT_TITLE = 3;
const TITLE_BEGINS = 2;
const ALL_WORDS = 1;
const SOME_WORDS = 0;

/**
 * The search of the site whose search folder is at `base`, an absolute URL that ends in "/".
 *
 * search(query, {limit, offset, prefix}) gives {total, all, hits, terms, note}: `all` of the `total` papers have all words;
 * a hit is {paperId, url, titleHtml, title, date, authors, notice, tags: [{slug, name, url}], snippet: [[text, marked], …],
 * marks: [written word, …]}; URLs are relative to the site's root.
 */
export async function open(base) {
  const { default: lunr } = await import(new URL("lunr.js", base));
  const { head, shipped, stored } = await load(base);
  return engine(lunr, head, shipped, stored);
}

async function load(base, cache = "no-cache") {
  const head = await (await fetched(new URL("head.json", base), cache)).json();
  try {
    const [shipped, stored] = await Promise.all([head.index, head.stored].map((name) => unpacked(new URL(name, base))));
    return { head, shipped, stored };
  } catch (error) {
    // The site was published anew between the two requests.
    if (error.status === 404 && cache !== "reload") return load(base, "reload");
    throw error;
  }
}

async function fetched(url, cache = "default") {
  const response = await fetch(url, { cache });
  if (!response.ok) throw Object.assign(new Error(`${url}: ${response.status}`), { status: response.status });
  return response;
}

async function unpacked(url) {
  const { body } = await fetched(url);
  return new Response(body.pipeThrough(new DecompressionStream("gzip"))).json();
}

function engine(lunr, head, shipped, stored) {
  const text = reader(head);
  const index = lunr.Index.load(serialised(lunr, shipped, head.fields));
  const stem = (word) => (/^[\x00-\x7f]*$/.test(word) ? lunr.stemmer(new lunr.Token(word, {})).toString() : word);
  const tools = {
    ...text, stem, tagMark: head.tagMark,
    isStopWord: (word) => !lunr.stopWordFilter(word),
    vocabulary: vocabulary(lunr, index, shipped, stem, head.tagMark),
  };
  const titles = titleTable(stored.papers.map((row) => row[2]), shipped.titles, text.words);
  let last = { key: "" };

  return {
    async search(query, { limit = 20, offset = 0, prefix = true } = {}) {
      const key = JSON.stringify([query, prefix]);
      if (last.key !== key) last = { key, ...ranked(query, prefix) };
      const { found, words, note } = last;
      const matched = new Set(words.filter(counts).flatMap((word) => [...word.terms.keys()]));
      const isMarked = (written) => text.words(written).some((word) => matched.has(word) || (!tools.isStopWord(word) && matched.has(stem(word))));
      return {
        total: found.length,
        all: found.filter((each) => each.tier > SOME_WORDS).length,
        hits: found.slice(offset, offset + limit).map(({ doc }) => hit(doc, isMarked)),
        terms: [...matched],
        note,
      };
    },
  };

  function ranked(query, prefix) {
    const { pieces, unknownField } = parse(query);
    const words = resolve(pieces, prefix && !/\s$/.test(query), tools);
    const found = rank(words, wholeTitles(query, pieces));
    return { found, words, note: note(query, pieces, words, unknownField, found) };
  }

  /** Document -> tier, for papers that are found by their title as a whole. */
  function wholeTitles(query, [first]) {
    if (!first || first.field || (first.presence && !first.quoted)) return new Map();
    return new Map([
      ...titles.beginning(query).map((doc) => [doc, TITLE_BEGINS]),
      ...titles.exact(query).map((doc) => [doc, EXACT_TITLE]),
    ]);
  }

  function rank(words, byTitle) {
    const masks = matches(words);
    const scored = words.filter(counts);
    const scores = score(scored);
    const every = bits(words, counts);
    const required = bits(words, (word) => word.presence === "+");
    const banned = groups(words.filter((word) => !counts(word)), words);
    const onlyBanned = words.length > 0 && scored.length === 0;
    const found = [];
    for (let doc = 0; doc < shipped.documents; doc += 1) {
      const mask = masks[doc];
      const kept = (mask & required) === required && !banned.some((group) => (mask & group) === group);
      const tier = byTitle.get(doc) ?? (mask & every && (mask & every) === every ? ALL_WORDS : SOME_WORDS);
      if (byTitle.get(doc) === EXACT_TITLE || (kept && (byTitle.has(doc) || mask & every || onlyBanned))) {
        found.push({ doc, tier, score: scores.get(doc) ?? 0 });
      }
    }
    // Documents are numbered from the oldest.
    return found.sort((a, b) => b.tier - a.tier || b.score - a.score || b.doc - a.doc);
  }

  /** For each document, the words it has, as bits. */
  function matches(words) {
    const masks = new Int32Array(shipped.documents);
    words.forEach(({ terms }, position) => {
      for (const [term, weights] of terms) {
        const posting = index.invertedIndex[term];
        for (const field of posting ? weights.keys() : []) {
          for (const doc of Object.keys(posting[field])) masks[doc] |= 1 << position;
        }
      }
    });
    return masks;
  }

  /** Lunr's scores by document. */
  function score(words) {
    const results = index.query((query) => {
      for (const { terms, boost } of words) {
        for (const [term, weights] of terms) {
          if (!tools.vocabulary.has(term)) continue;
          for (const [weight, fields] of byWeight(weights)) query.clause({ term, fields, boost: boost * weight, usePipeline: false });
        }
      }
    });
    return new Map(results.map(({ ref, score: value }) => [Number(ref), value]));
  }

  function note(query, pieces, words, unknownField, found) {
    const exact = found[0]?.tier === EXACT_TITLE;
    if (unknownField && !exact) {
      return `There is no field “${unknownField}”, so it was searched as a word. Fields are ${[...new Set(Object.values(FIELDS))].join(", ")}.`;
    }
    const corrected = words.filter((word) => word.corrected).map((word) => `“${word.corrected}”`);
    if (corrected.length && found.length && !exact) return `Nothing has ${corrected.join(" or ")}; similar words were searched too.`;
    if (!words.length && pieces.length && !found.length) {
      return text.words(query).length
        ? "These words are in nearly every paper, so they are not searched. Add a rarer one."
        : "There is no word in this query.";
    }
    return "";
  }

  function hit(doc, isMarked) {
    const [paperId, url, title, titleHtml, date, authors, tagNumbers, abstract, notice] = stored.papers[doc];
    const marked = (from) => text.places(from).map((place) => place[2]).filter(isMarked);
    return {
      paperId, url, title, titleHtml, date, authors, notice,
      tags: tagNumbers.map(tag),
      snippet: snippet(abstract, text.places(abstract), isMarked),
      marks: [...new Set([...marked(title), ...marked(authors)])],
    };
  }

  function tag(number) {
    const [slug, name, hasPage] = stored.tags[number];
    return { slug, name, url: hasPage ? `tags/${slug}/` : `search/?q=${encodeURIComponent(`tags:${slug}`)}` };
  }
}

const counts = (word) => word.presence !== "-";

const bits = (words, which) => words.reduce((mask, word, position) => (which(word) ? mask | (1 << position) : mask), 0);

/** The bits of each piece among `chosen`: `-two-words` bans papers that have both. */
function groups(chosen, words) {
  return [...new Set(chosen.map((word) => word.group))].map((group) => bits(words, (word) => word.group === group));
}

/** Map field -> weight, the other way round. */
function byWeight(weights) {
  const fields = new Map();
  for (const [field, weight] of weights) fields.set(weight, [...(fields.get(weight) ?? []), field]);
  return fields;
}
