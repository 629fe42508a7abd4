// Folding and words, exactly as sitegen/text/fold.py and sitegen/search/words.py have them; the tables come with the index.

const ASCII = /^[\x00-\x7f]*$/;
const LETTER = String.raw`[\p{L}\p{N}]`;
const APOSTROPHE = new RegExp(`(?<=${LETTER})['’](?=${LETTER})`, "gu");
const HYPHENATED = new RegExp(`${LETTER}+(?:[-‐]${LETTER}+)+`, "gu");

/** The functions below for the tables of head.bin: {letters, words, ideographs, longestWord}. */
export function reader(head) {
  const aliases = Object.keys(head.words).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join("|");
  const alias = new RegExp(String.raw`(?<![\p{L}\p{N}_+#.])(?:${aliases})(?![\p{L}\p{N}_+#])`, "gu");
  const ideograph = `[${head.ideographs}]`;
  const word = new RegExp(`${ideograph}|(?:(?!${ideograph})${LETTER})+`, "gu");
  const written = new RegExp(String.raw`${ideograph}|(?:(?!${ideograph})[\p{L}\p{N}\p{M}'’])+[+#]*`, "gu");
  const letters = new Map(Object.entries(head.letters));
  const shorten = (text) => (text.length > head.longestWord ? [...text].slice(0, head.longestWord).join("") : text);

  /** "Erdős’ C++" -> "erdos’ cplusplus". */
  function fold(text) {
    if (!ASCII.test(text)) text = text.normalize("NFKD").replace(/\p{Mn}/gu, "");
    text = text.toLowerCase();
    if (!ASCII.test(text)) text = Array.from(text, (char) => letters.get(char) ?? char).join("");
    return text.replace(alias, (found) => head.words[found]);
  }

  /** Folded words, stop words included. */
  const words = (text) => (fold(text).replace(APOSTROPHE, "").match(word) ?? []).map(shorten);

  /** Hyphenated words as one: "pre-training" -> ["pretraining"]. */
  const joined = (text) => (fold(text).match(HYPHENATED) ?? []).map((found) => shorten(found.replace(/[-‐]/g, "")));

  /** Where words stand in a text as it is written: [[start, end, written word], …]. */
  const places = (text) => Array.from(text.matchAll(written), (found) => [found.index, found.index + found[0].length, found[0]]);

  return { fold, words, joined, places, written };
}
