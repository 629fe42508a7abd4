// Which papers have which terms (sitegen/search/postings.py), from the shards that were asked for.

import { Bytes, text } from "./bytes.js";
import { lastBefore } from "./files.js";

const K1 = 1.2;
// Rarer forms of a term share this number.
const LAST_FORM = 7;

/**
 * The terms of the index. load(terms) fetches what is needed; after that get(term) knows them, after loadPlaces(terms)
 * places(term, field) too, and after loadForms(terms) formsIn(term, word).
 */
export function postings(head, file, fieldNames) {
  const cuts = head.cuts.split("\n");
  const shards = new Map();
  const found = new Map();
  const shardOf = (term) => lastBefore(cuts, term);
  const name = (kind, number) => `${head.generation}/${kind}${number}.bin`;
  const numbers = (terms) => (head.documents ? [...new Set(terms.map(shardOf))] : []);

  async function loadShard(number) {
    if (shards.has(number)) return;
    const data = await file(name("p", number));
    if (!shards.has(number)) shards.set(number, shard(data));
  }

  async function loadShardPlaces(number) {
    const [data] = await Promise.all([file(name("l", number)), loadShard(number)]);
    shards.get(number).places ??= data;
  }

  async function loadShardForms(number) {
    const [data] = await Promise.all([file(name("f", number)), loadShard(number)]);
    shards.get(number).forms ??= formsOf(data, shards.get(number).terms.size);
  }

  function formsOf(data, count) {
    const bytes = new Bytes(data);
    const names = text(bytes.take(bytes.number())).split("\n").map((line) => line.split(" "));
    return { names, ...blocks(bytes, count) };
  }

  function shard(data) {
    const bytes = new Bytes(data);
    const length = bytes.number();
    const terms = text(bytes.take(length)).split("\n");
    return { terms: new Map(terms.map((term, at) => [term, at])), ...blocks(bytes, terms.length) };
  }

  /** The lengths of `count` blocks as their starts, and the bytes. */
  function blocks(bytes, count) {
    const starts = new Uint32Array(count + 1);
    for (let at = 0; at < count; at += 1) starts[at + 1] = starts[at] + bytes.number();
    return { starts, data: bytes.data.subarray(bytes.at) };
  }

  function place(term) {
    const inside = shards.get(shardOf(term));
    return { inside, at: inside?.terms.get(term) };
  }

  function posting(term) {
    const { inside, at } = place(term);
    return at === undefined ? null : decoded(inside.data.subarray(inside.starts[at], inside.starts[at + 1]));
  }

  /** {fields: [{field, documents, counts}], documents: how many of these there are, idf}. */
  function decoded(data) {
    const bytes = new Bytes(data);
    const fields = [];
    let documents = 0;
    while (bytes.at < data.length) {
      const start = bytes.number();
      const each = field(bytes, fieldNames[start & 7], start >> 3);
      fields.push(each);
      documents += each.documents.length;
    }
    // As lunr.idf has it.
    const odds = (head.documents - documents + 0.5) / (documents + 0.5);
    return { fields, documents, idf: Math.log(1 + Math.abs(odds)) };
  }

  function field(bytes, name, length) {
    const documents = new Uint32Array(length);
    const counts = new Uint32Array(length).fill(1);
    let document = 0;
    for (let at = 0; at < length; at += 1) {
      const number = bytes.number();
      document += number >> 1;
      documents[at] = document;
      if (number & 1) counts[at] = bytes.number() + 2;
    }
    return { field: name, documents, counts };
  }

  /** Map field -> Map document -> places. */
  function allPlaces(term) {
    const { inside, at } = place(term);
    const posting = found.get(term);
    if (posting.places) return posting.places;
    const { starts, data } = blocks(new Bytes(inside.places, 1), inside.terms.size);
    const bytes = new Bytes(data, starts[at]);
    posting.places = new Map(posting.fields.map(({ field: name, documents, counts }) => [name, new Map(
      Array.from(documents, (document, number) => [document, gaps(bytes, counts[number])]),
    )]));
    return posting.places;
  }

  /** Map field -> for each document of it, which forms of the term it has, as bits; and the bit of `word`. */
  function formsIn(term, word) {
    const { inside, at } = place(term);
    const own = inside.forms.names[at].indexOf(word);
    let start = inside.forms.starts[at];
    const bits = new Map(get(term).fields.map(({ field: name, documents }) => {
      start += documents.length;
      return [name, inside.forms.data.subarray(start - documents.length, start)];
    }));
    return { bits, wanted: 1 << (own < 0 ? LAST_FORM : own) };
  }

  return {
    load: (terms) => Promise.all(numbers(terms).map(loadShard)),
    loadPlaces: (terms) => Promise.all(numbers(terms).map(loadShardPlaces)),
    loadForms: (terms) => Promise.all(numbers(terms).map(loadShardForms)),
    get,
    formsIn,

    /** The places of a term in a field: Map document -> places, from 1. */
    places: (term, field) => (get(term) ? allPlaces(term).get(field) : undefined) ?? new Map(),
  };

  /** The posting of a term whose shard was loaded, or null. */
  function get(term) {
    if (!found.has(term)) {
      if (!shards.has(shardOf(term))) return null;
      found.set(term, posting(term));
    }
    return found.get(term);
  }
}

/** Lunr's weight of a term that stands `count` times in a field, rounded as lunr does it. */
export function weight(idf, count, boost) {
  return Math.round(((idf * (K1 + 1) * count) / (K1 + count)) * boost * 1000) / 1000;
}

function gaps(bytes, count) {
  const places = new Array(count);
  let place = 0;
  for (let at = 0; at < count; at += 1) {
    place += bytes.number();
    places[at] = place;
  }
  return places;
}
