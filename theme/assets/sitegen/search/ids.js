// Identifiers of papers as people write and copy them: what sitegen/identity/schemes.py knows, for folded texts.

const ACL = String.raw`\d{4}\.[a-z\d_]+-[a-z\d_]+\.\d+|[a-z]\d{2}-\d{4}`;
// The punctuation of the sentence around an identifier; a closing bracket is its own if it is opened inside.
const BEHIND = new Set("\"'”’»….,;:?!/");
const OPENING = { ")": "(", "]": "[", "}": "{", ">": "<" };
const BARE_END = [/^.*$/s, withoutTail];
// What stands before an identifier, or around it, and what is left of that. Addresses go on behind it: `?context=cs.CL`.
const AROUND = [
  [/^[([{<"'“‘«„]+/, ""],
  BARE_END,
  [/%([2-7][\da-f])/g, (_, code) => String.fromCharCode(parseInt(code, 16))],
  [/^https?:\/\//, ""],
  [/^www\./, ""],
  [/^(?:[a-z]+\.)?arxiv\.org\/(?:abs|pdf|html|format)\/([^?#]+).*$/, "$1"],
  [/^(?:(?:huggingface\.co|hf\.co)\/papers|(?:alphaxiv|ar5iv)(?:\.labs\.arxiv)?\.org\/[a-z]+)\/([^?#]+).*$/, "$1"],
  [/^(?:aclanthology\.(?:org|info)|aclweb\.org\/anthology)\/(?:papers\/)?(?:[a-z]\/[a-z]\d\d\/)?([^?#]+).*$/, "$1"],
  [/^openreview\.net\/(?:forum|pdf|attachment|revisions)\?(?:.*&)?id=([\w-]+).*$/, "openreview:$1"],
  [/^(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov\/pubmed)\/(\d+)(?:[/?#].*)?$/, "pmid:$1"],
  [/^(?:pmc\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov\/pmc)\/articles\/(?:pmc)?(\d+)(?:[/?#].*)?$/, "pmc$1"],
  // DOIs stand in the addresses of many publishers, too.
  [/^(?!10\.)[^\s"<>/]+\.[a-z]+\/(?:[^\s"<>]*?\/)?(10\.\d{4,9}\/[^\s"<>?#]+?)(?:\/(?:full|pdf|abstract|epdf|meta)(?:\/.*)?)?(?:[?#].*)?$/, "$1"],
  [/^(?:arxiv|doi|pmcid):/, ""],
  [/^pmc:/, "pmc"],
  [/\.pdf$/, ""],
  BARE_END,
  // https://info.arxiv.org/help/doi.html
  [/^10\.48550\/arxiv\./, ""],
  [/^(\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?\/\d{7})v\d+$/, "$1"],
  [new RegExp(String.raw`^(${ACL})v\d{1,2}$`), "$1"],
  [/^([a-z-]+)\.[a-z]{2}(?=\/\d{7}$)/, "$1"],
];
const KNOWN = new RegExp(
  String.raw`^(?:\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)?/\d{7}|${ACL}|10\.\d{4,9}/\S+|openreview:[\w-]+|pmid:\d{1,8}|pmc\d{3,9})$`,
);
// The DOIs that the ACL gives hold its id.
const ACL_DOI = new RegExp(String.raw`^10\.(?:18653|3115)/v1/(${ACL})$`);

function withoutTail(id) {
  let end = id.length;
  while (end && (BEHIND.has(id[end - 1]) || isUnopened(id.slice(0, end)))) end -= 1;
  return id.slice(0, end);
}

/** Whether the text ends with a closing bracket that is not opened inside. */
function isUnopened(text) {
  const closing = text.at(-1);
  return closing in OPENING && text.split(closing).length > text.split(OPENING[closing]).length;
}

/** An identifier without what people copy along: "https://arxiv.org/pdf/2401.01234v2" -> "2401.01234". */
export const bareId = (folded) => AROUND.reduce((id, [pattern, left]) => id.replace(pattern, left), folded);

/** What the paper with a bare identifier may be called in the index. */
export function namesOf(id) {
  const inside = ACL_DOI.exec(id);
  return inside ? [id, inside[1]] : [id];
}

/** Whether a bare identifier is one that the whole world knows: from arXiv, a DOI, …. */
export const isKnownId = (id) => KNOWN.test(id);

/** Whether a text can only be an identifier, so that its parts mean nothing. */
export const looksLikeId = (id) => isKnownId(id) || (id.length > 4 && /\d/.test(id) && /[./:]/.test(id));
