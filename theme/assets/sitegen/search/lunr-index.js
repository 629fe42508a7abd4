// The shipped index (sitegen/search/index.py) as lunr's own.

// Lunr's default k1; b is 0, so the length of a field does not matter.
const K1 = 1.2;

/** lunr's serialised index, made from how often each term stands in each field of each document. */
export function serialised(lunr, shipped, boosts) {
  const fields = Object.keys(boosts);
  const vectors = new Map();
  const invertedIndex = shipped.terms.map((term, number) => {
    const posting = { _index: number };
    for (const field of fields) posting[field] = {};
    const counts = shipped.postings[number].map(([field, ...rest]) => [fields[field], rest]);
    for (const [field, rest] of counts) for (const [doc] of pairs(rest)) posting[field][doc] = {};
    const idf = lunr.idf(posting, shipped.documents);
    for (const [field, rest] of counts) {
      for (const [doc, count] of pairs(rest)) {
        const weight = ((idf * (K1 + 1) * count) / (K1 + count)) * boosts[field];
        const ref = `${field}/${doc}`;
        if (!vectors.has(ref)) vectors.set(ref, []);
        vectors.get(ref).push(number, Math.round(weight * 1000) / 1000);
      }
    }
    return [term, posting];
  });
  return { version: lunr.version, fields, fieldVectors: [...vectors], invertedIndex, pipeline: ["stemmer"] };
}

/** [gap, count, gap, count, …] -> [document number, count] pairs. */
function* pairs(numbers) {
  let doc = 0;
  for (let at = 0; at < numbers.length; at += 2) {
    doc += numbers[at];
    yield [doc, numbers[at + 1]];
  }
}
