// Titles hold MathML and a little HTML. They are built anew from an inert parse, from elements and attributes named here,
// so that nothing else gets into the page whatever the index says.

const MATHML = "http://www.w3.org/1998/Math/MathML";
const HTML_NAMES = new Set(["em", "strong", "code", "sup", "sub", "span"]);
const MATHML_NAMES = new Set([
  "math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder",
  "mover", "munderover", "mmultiscripts", "mprescripts", "none", "mtable", "mtr", "mtd", "mpadded", "mphantom", "mstyle", "merror",
]);
const MATHML_ATTRIBUTES = new Set([
  "display", "displaystyle", "scriptlevel", "mathvariant", "stretchy", "symmetric", "fence", "separator", "largeop", "movablelimits",
  "form", "lspace", "rspace", "minsize", "maxsize", "linethickness", "accent", "accentunder", "width", "height", "depth", "voffset",
]);

/** The nodes of a title's HTML; `text` makes the nodes of each text outside formulas. */
export function titleNodes(html, text) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return children(template.content, text);
}

function children(node, text) {
  return [...node.childNodes].flatMap((child) => {
    if (child.nodeType === Node.TEXT_NODE) return text(child.data);
    if (child.nodeType !== Node.ELEMENT_NODE) return [];
    return element(child, text);
  });
}

function element(node, text) {
  const math = node.namespaceURI === MATHML && MATHML_NAMES.has(node.localName);
  if (!math && !HTML_NAMES.has(node.localName)) return children(node, text);
  const made = math ? document.createElementNS(MATHML, node.localName) : document.createElement(node.localName);
  if (math) {
    for (const { name, value } of node.attributes) if (MATHML_ATTRIBUTES.has(name)) made.setAttribute(name, value);
  } else if (node.localName === "span" || node.localName === "code") {
    if (["sc", "tex"].includes(node.className)) made.className = node.className;
  }
  made.append(...children(node, math ? (data) => [data] : text));
  return made;
}
