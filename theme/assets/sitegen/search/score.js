// Lunr's scores: for each field the dot product of the query with a paper's weights, over the query's length.

import { weight } from "./postings.js";

// What a word counts where a paper has it in another form.
const OTHER_FORM = 0.1;

/**
 * Scores by document. words: [{boost, terms: Map term -> Map field -> weight}], each of which counts as a clause of
 * lunr's; get: term -> posting or null; boosts: field -> boost. forms: term -> {bits, wanted} of `formsIn`, for terms
 * that count less in other forms than that which was typed.
 */
export function scores(words, get, boosts, documents, forms = new Map()) {
  const query = vectors(words);
  const found = new Float64Array(documents);
  for (const [field, vector] of query) {
    const length = Math.sqrt([...vector.values()].reduce((sum, value) => sum + value * value, 0));
    for (const [term, value] of vector) {
      const posting = get(term);
      const inField = posting?.fields.find((each) => each.field === field);
      if (!inField || !length) continue;
      add(found, inField, value / length, (count) => weight(posting.idf, count, boosts[field]), formTest(forms.get(term), field));
    }
  }
  return found;
}

function add(found, { documents, counts }, factor, weightOf, isForm) {
  const weights = [];
  for (let at = 0; at < documents.length; at += 1) {
    const count = counts[at];
    weights[count] ??= factor * weightOf(count);
    found[documents[at]] += isForm(at) ? weights[count] : weights[count] * OTHER_FORM;
  }
}

/** Place of a document in a field -> whether it has the form that is wanted. */
function formTest(form, field) {
  const bits = form?.bits.get(field);
  return bits ? (at) => bits[at] & form.wanted : () => true;
}

/** The query as a vector for each field: Map field -> Map term -> boost. */
function vectors(words) {
  const fields = new Map();
  for (const { terms, boost } of words) {
    for (const [term, weights] of terms) {
      for (const [field, value] of weights) {
        if (!fields.has(field)) fields.set(field, new Map());
        const vector = fields.get(field);
        vector.set(term, (vector.get(term) ?? 0) + boost * value);
      }
    }
  }
  return fields;
}

/** For each document, the words it has, as bits. */
export function masks(words, get, documents) {
  const found = new Int32Array(documents);
  words.forEach(({ terms }, position) => {
    const bit = 1 << position;
    for (const [term, weights] of terms) {
      for (const inField of get(term)?.fields ?? []) {
        if (!weights.has(inField.field)) continue;
        for (const document of inField.documents) found[document] |= bit;
      }
    }
  });
  return found;
}
