// Papers in which words stand side by side.

/**
 * The documents that have the phrase in one of the fields. words: [{phrase: place in it, terms: Map term -> Map field ->
 * weight}]; stop words between them are not looked at. All places are loaded.
 */
export function withPhrase(words, postings) {
  const fields = new Set(words.flatMap(({ terms }) => [...terms.values()].flatMap((weights) => [...weights.keys()])));
  const found = new Set();
  for (const field of fields) {
    for (const document of inField(words, field, postings)) found.add(document);
  }
  return found;
}

function inField(words, field, postings) {
  const places = words.map(({ terms }) => [...terms].filter(([, weights]) => weights.has(field)).map(([term]) => postings.places(term, field)));
  const [head, ...rest] = places;
  const starts = (document) => head.flatMap((map) => map.get(document) ?? []).filter((place) => place > 0);
  const stands = (maps, document, place) => maps.some((map) => map.get(document)?.includes(place));
  const documents = new Set(head.flatMap((map) => [...map.keys()]));
  return [...documents].filter((document) => starts(document).some(
    (start) => rest.every((maps, at) => stands(maps, document, start + words[at + 1].phrase - words[0].phrase)),
  ));
}
