// How often tags come among papers (sitegen/search/facets.py).

import { Bytes, text } from "./bytes.js";

/** count(documents): [{slug, name, count}, …] of all tags that have a page, the archive's commonest first. */
export function tagCounts(head, file) {
  const { folder, inFile } = head.tags;

  async function partOf(number) {
    const bytes = new Bytes(await file(`tags/${folder}/${number}.bin`));
    const papers = Math.min(inFile, head.documents - number * inFile);
    const counts = Array.from({ length: papers }, () => bytes.number());
    return counts.map((count) => Array.from({ length: count }, () => bytes.number()));
  }

  return async function count(documents) {
    const wanted = new Set(Array.from(documents, (document) => Math.floor(document / inFile)));
    const [names, ...parts] = await Promise.all([
      file(`tags/${folder}/names.bin`).then((data) => JSON.parse(text(data))),
      ...Array.from(wanted, async (number) => [number, await partOf(number)]),
    ]);
    const tagsOf = new Map(parts);
    const counts = new Uint32Array(names.length);
    for (const document of documents) {
      for (const tag of tagsOf.get(Math.floor(document / inFile))[document % inFile]) counts[tag] += 1;
    }
    return names.map(([slug, name], tag) => ({ slug, name, count: counts[tag] }));
  };
}
