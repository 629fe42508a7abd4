// Lunr's own queries by our index: parsed by lunr.js, looked up in the shards, scored as the engine scores.

import { files, head as headOf } from "../../theme/assets/sitegen/search/files.js";
import { postings as postingsOf } from "../../theme/assets/sitegen/search/postings.js";
import { masks, scores } from "../../theme/assets/sitegen/search/score.js";
import { vocabulary as vocabularyOf } from "../../theme/assets/sitegen/search/vocabulary.js";

/** query -> [[document, score], …], the best first. */
export async function searcher(lunr, base) {
  const head = await headOf(base);
  const fields = Object.keys(head.fields);
  const file = files(base);
  const postings = postingsOf(head, file, fields);
  const vocabulary = vocabularyOf(head, file);

  async function expanded({ term, editDistance }) {
    if (!editDistance && !term.includes("*")) return [term];
    const found = editDistance ? await vocabulary.near(term, editDistance) : await vocabulary.matching(term);
    return found.filter(({ isTerm }) => isTerm).map(({ word }) => word);
  }

  async function wordOf(clause) {
    const term = clause.usePipeline ? lunr.stemmer(new lunr.Token(clause.term, {})).toString() : clause.term;
    const terms = await expanded({ ...clause, term });
    await postings.load(terms);
    const known = terms.filter((each) => postings.get(each));
    const weights = () => new Map(clause.fields.map((field) => [field, 1]));
    return { boost: clause.boost, presence: clause.presence, terms: new Map(known.map((each) => [each, weights()])) };
  }

  return async function search(text) {
    const query = new lunr.Query(fields);
    new lunr.QueryParser(text, query).parse();
    const words = await Promise.all(query.clauses.map(wordOf));
    const { REQUIRED, PROHIBITED } = lunr.Query.presence;
    const has = masks(words, postings.get, head.documents);
    const bits = (presence) => words.reduce((mask, word, at) => (word.presence === presence ? mask | (1 << at) : mask), 0);
    const [required, prohibited] = [bits(REQUIRED), bits(PROHIBITED)];
    const found = scores(words.filter(({ presence }) => presence !== PROHIBITED), postings.get, head.fields, head.documents);
    return [...has.entries()]
      .filter(([, mask]) => (query.isNegated() || mask & ~prohibited) && (mask & required) === required && !(mask & prohibited))
      .map(([document]) => [document, found[document]])
      .sort((a, b) => b[1] - a[1]);
  };
}
