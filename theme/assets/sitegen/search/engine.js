// The search itself. It knows nothing of the page, and runs in a worker or in the page.

import { tagCounts } from "./facets.js";
import { Outdated, files, head as headOf } from "./files.js";
import { reader } from "./fold.js";
import { elsewhere, note, nowhere } from "./notes.js";
import { withPhrase } from "./phrases.js";
import { postings as postingsOf } from "./postings.js";
import { parse, withoutNotice } from "./query.js";
import { best, counts, matches, meetsAll, ranked, SOME_WORDS } from "./rank.js";
import { rows } from "./rows.js";
import { completed, corrected } from "./similar.js";
import { snippet } from "./snippet.js";
import { resolve, unquotedTag } from "./terms.js";
import { titles as titlesOf } from "./titles.js";
import { vocabulary as vocabularyOf } from "./vocabulary.js";

// A word that fewer papers have may be misspelt: this share of all, or this many.
const RARE = 1 / 5000;
const FEW = 2;
// What stands further behind in an abstract is not shown beside a hit.
const LONGEST_TEXT = 10000;
// So many papers with all words are enough: the last one need not be the beginning of others.
const ENOUGH = 10;
// How long to wait, in ms, before the head is asked for again: near its publication a CDN may still give the old one.
const PAUSES = [0, 1000, 2000, 4000];

/**
 * The search of the site whose search folder is at `base`, an absolute URL that ends in "/".
 *
 * search(query, options) gives {total, all, hits, years, terms, note}: `all` of the `total` papers have all words; a hit
 * is {paperId, url, title, titleHtml, date, authors, notice, marks: [written word, …], written}, with the pattern of all
 * words as they are written; years: [[year, papers], …].
 * options: limit, offset; prefix: the last word may be half typed; sort: "date" for the newest first; year: "2024" or
 * "2020..2023"; tag: a slug; code: only papers with code.
 * facets(query, options) gives {tags: [{slug, name, count}, …], code: count} of what search finds, for all tags with a page.
 * snippets(query, options, texts) gives [[text, marked], …] for each text.
 */
export async function open(base) {
  const [{ default: lunr }, head] = await Promise.all([import(new URL("lunr.js", base)), headOf(base)]);
  return renewing(base, lunr, head);
}

const isQuoted = ({ quoted, presence }) => quoted && presence !== "-";

/** A search that begins anew when the site was published again meanwhile; it tries that once after each of `pauses`. */
export function renewing(base, lunr, head, pauses = PAUSES) {
  let current = engine(lunr, head, files(base));
  const renewed = (method) => async (...asked) => {
    for (let tries = 0; ; tries += 1) {
      const mine = current;
      try {
        return await mine[method](...asked);
      } catch (error) {
        if (!(error instanceof Outdated) || tries === pauses.length) throw error;
      }
      await new Promise((resolve) => { setTimeout(resolve, pauses[tries]); });
      // Another question may have begun anew meanwhile.
      if (current === mine) current = engine(lunr, await headOf(base), files(base));
    }
  };
  return { search: renewed("search"), facets: renewed("facets"), snippets: renewed("snippets") };
}

function engine(lunr, head, file) {
  const read = reader(head);
  const stems = new Map();
  const postings = postingsOf(head, file, Object.keys(head.fields));
  const tools = {
    ...read, postings, stem, marks: head.marks,
    isStopWord: (word) => !lunr.stopWordFilter(word),
    common: new Set(head.common.split(" ")),
    vocabulary: vocabularyOf(head, file),
  };
  const index = { get: postings.get, boosts: head.fields, documents: head.documents };
  const row = rows(head, file);
  const titles = titlesOf(head, file, read.words, row);
  const countTags = tagCounts(head, file);
  let last = { key: "" };

  function stem(word) {
    if (!/^[\x00-\x7f]*$/.test(word)) return word;
    if (!stems.has(word)) stems.set(word, lunr.stemmer(new lunr.Token(word, {})).toString());
    return stems.get(word);
  }

  /** What the query finds, kept until another is asked for. */
  async function find(query, { prefix = true, year = "", tag = "", code = false } = {}) {
    const key = JSON.stringify([query, prefix, year, tag, code]);
    if (last.key === key) return last.found;
    const found = await findAnew(query, prefix, { year, tag, code });
    last = { key, found };
    return found;
  }

  const hasWord = ({ content }) => read.words(content).length > 0;

  async function findAnew(query, prefix, chosen) {
    const parsed = parse(query, head.marks);
    const { pieces, filters } = parsed;
    const found = await findPieces(query, pieces, filters, prefix, chosen);
    const phrases = pieces.filter((piece) => isQuoted(piece) && hasWord(piece));
    if (found.documents.length || !found.words.length || !phrases.length) {
      const said = { ...parsed, unquotedTag: await unquotedTag(pieces, tools) };
      return { ...found, note: note(said, found, hasWord, head.marks) };
    }
    const alone = await findPieces(query, phrases, [], prefix, {});
    if (alone.documents.length) return { ...found, note: elsewhere(phrases) };
    const loose = pieces.map((piece) => (isQuoted(piece) ? { ...piece, quoted: false, presence: "" } : piece));
    return { ...await findPieces(query, loose, filters, prefix, chosen), note: nowhere(phrases) };
  }

  async function findPieces(query, pieces, filters, prefix, chosen) {
    const [first, byTitle, keeps] = await Promise.all([
      resolve(pieces, prefix && !/\s$/.test(query), tools),
      wholeTitle(query, pieces, filters, Boolean(filters.length || chosen.year || chosen.tag || chosen.code)),
      conditions(filters, chosen),
    ]);
    const phrases = await phraseTest(first);
    const match = () => matches(words, byTitle, keeps, phrases, index);
    /** Let some words stand for more terms, and look again. */
    const widen = async (which, how) => {
      const wider = await Promise.all(words.map(async (word) => (which(word) ? await how(word, tools) : null) ?? word));
      if (wider.every((word, at) => word === words[at])) return;
      words = wider;
      found = match();
    };
    let words = first;
    let found = match();
    if ((found.all < ENOUGH && !byTitle.whole.length) || (byTitle.start.length && !found.begun)) await widen((word) => word.mayGoOn, completed);
    if (!found.all) await widen((word) => counts(word) && isRare(word), corrected);
    const forms = found.all > 1 ? await formsOf(words) : new Map();
    const terms = new Set(words.filter(counts).flatMap((word) => [...word.terms.keys()]));
    return { ...ranked(found, words, forms, index), words, terms };
  }

  /** Term -> in which form each paper has it, and in which it was typed. */
  async function formsOf(words) {
    const typed = words.filter(({ written }) => written && postings.get(stem(written)));
    await postings.loadForms(typed.map(({ written }) => stem(written)));
    return new Map(typed.map(({ written }) => [stem(written), postings.formsIn(stem(written), written)]));
  }

  function isRare({ terms, written }) {
    if (!written) return false;
    const papers = [...terms.keys()].reduce((most, term) => Math.max(most, postings.get(term)?.documents ?? 0), 0);
    return papers <= Math.max(FEW, head.documents * RARE);
  }

  /** Papers that are found by their title as a whole; open: whether there are conditions alone. */
  async function wholeTitle(query, pieces, filters, open) {
    if (!pieces.some(hasWord)) return { whole: [], start: [], open };
    const isCondition = ({ field, presence, quoted, edits, content }) => content && (field || edits || (presence && !quoted));
    if (filters.length || pieces.some(isCondition)) return { whole: [], start: [] };
    const found = await titles(query);
    const bare = withoutNotice(query, head.marks);
    return found.whole.length || bare === query ? found : titles(bare);
  }

  /** document -> whether it meets all conditions, those of the query and those that were chosen. */
  async function conditions(filters, { year, tag, code }) {
    const terms = [...(code ? [head.marks.has.code] : []), ...(tag ? [head.marks.tag + tag] : [])];
    const years = year ? parse(`year:${year}`, head.marks).filters : [];
    const all = [...filters, ...years, ...terms.map((term) => ({ terms: [term] }))];
    return meetsAll(await Promise.all(all.map(condition)));
  }

  async function condition({ years, terms, without = false }) {
    if (years) {
      const [from, to] = documentsOf(years);
      return (document) => (document >= from && document < to) !== without;
    }
    const members = await having(terms);
    return (document) => Boolean(members[document]) !== without;
  }

  /** The range of documents of the years from one to another. */
  function documentsOf([from, to]) {
    const start = head.years.find(([year]) => year >= from)?.[1] ?? head.documents;
    return [start, head.years.find(([year]) => year > to)?.[1] ?? head.documents];
  }

  /** For each document, whether it has one of these terms as a tag. */
  async function having(terms) {
    await postings.load(terms);
    const members = new Uint8Array(head.documents);
    for (const { field, documents } of terms.flatMap((term) => postings.get(term)?.fields ?? [])) {
      if (field === "tags") for (const document of documents) members[document] = 1;
    }
    return members;
  }

  /** document -> whether all phrases that must be there are, and none that must not. */
  async function phraseTest(words) {
    const quoted = words.filter(({ phrase }) => Number.isInteger(phrase));
    const groups = [...new Set(quoted.map(({ group }) => group))].map((number) => quoted.filter(({ group }) => group === number));
    const found = await Promise.all(groups.filter((group) => group.length > 1).map(async (group) => {
      for (const word of group) word.isPhrase = true;
      await postings.loadPlaces(group.flatMap(({ terms }) => [...terms.keys()]));
      const having = withPhrase(group, postings);
      return (document) => having.has(document) === counts(group[0]);
    }));
    return meetsAll(found);
  }

  /** Which written words the query marks. */
  const marker = (terms) => (written) => read.words(written).some((word) => terms.has(word) || (!tools.isStopWord(word) && terms.has(stem(word))));

  async function hit(document, isMarked) {
    const shown = await row(document);
    const marked = [shown.title, shown.authors].flatMap((text) => read.places(text).map((place) => place[2]).filter(isMarked));
    return { ...shown, marks: [...new Set(marked)], written: read.written };
  }

  /** What is sorted and counted: papers with all words, if there are any. */
  function fullMatches({ documents, tiers, all }) {
    return all ? documents.filter((_, at) => tiers[at] > SOME_WORDS) : documents;
  }

  return {
    async search(query, options = {}) {
      const { limit = 20, offset = 0, sort = "relevance" } = options;
      const found = await find(query, options);
      const full = fullMatches(found);
      const order = sort === "date" ? full.toReversed().slice(offset, offset + limit) : best(found, offset, offset + limit);
      return {
        total: sort === "date" ? full.length : found.documents.length,
        all: found.all,
        hits: await Promise.all(Array.from(order, (document) => hit(document, marker(found.terms)))),
        years: yearCounts(full),
        terms: [...found.terms],
        note: found.note,
      };
    },

    async facets(query, options = {}) {
      const full = fullMatches(await find(query, options));
      const [tags, coded] = await Promise.all([countTags(full), having([head.marks.has.code])]);
      return { tags, code: full.reduce((sum, document) => sum + coded[document], 0) };
    },

    async snippets(query, options, texts) {
      const { terms } = await find(query, options);
      return texts.map((text) => text.slice(0, LONGEST_TEXT)).map((text) => snippet(text, read.places(text), marker(terms)));
    },
  };

  /** [[year, how many of the documents are of it], …], the newest first; documents ascend. */
  function yearCounts(documents) {
    const found = new Map();
    let at = 0;
    for (const document of documents) {
      while (at + 1 < head.years.length && head.years[at + 1][1] <= document) at += 1;
      const [year] = head.years[at];
      found.set(year, (found.get(year) ?? 0) + 1);
    }
    return [...found].filter(([year]) => year).reverse();
  }
}
