// What a hit looks like. Text of papers reaches the page as text only.

import { titleNodes } from "./title.js";

// As `places` of fold.js, whose words `marks` of a hit are.
const WRITTEN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}\p{M}'’]+[+#]*/gu;

/** An element with a class and children, which are nodes or text. */
export function make(name, className, ...content) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

/** The list entry of a hit; root: URL of the site's root. */
export function entry(hit, root) {
  const text = marker(hit.marks);
  const link = make("a", "sg-hit__title", ...(hit.titleHtml ? titleNodes(hit.titleHtml, text) : text(hit.title)));
  link.href = new URL(hit.url, root).href;
  const heading = make("h2", "sg-hit__heading", link);
  if (hit.notice) heading.prepend(make("strong", "sg-hit__notice", hit.notice), " ");
  const article = make("article", "sg-hit", heading, facts(hit, text));
  article.dataset.paperId = hit.paperId;
  if (hit.snippet.length) article.append(make("p", "sg-hit__snippet", ...hit.snippet.map(marked)));
  if (hit.tags.length) article.append(tagList(hit.tags, root));
  return make("li", "", article);
}

function facts({ date, authors }, text) {
  const line = make("p", "sg-hit__facts");
  if (date) {
    const time = make("time", "", date);
    time.dateTime = date;
    line.append(time);
  }
  if (authors) line.append(make("span", "", ...text(authors)));
  return line;
}

function tagList(tags, root) {
  const items = tags.map(({ name, url }) => {
    const link = make("a", "sg-tag", name);
    link.href = new URL(url, root).href;
    return make("li", "", link);
  });
  const list = make("ul", "sg-tags", ...items);
  list.setAttribute("aria-label", "Tags");
  return list;
}

const marked = ([text, isMarked]) => (isMarked ? make("mark", "", text) : text);

/** A function that gives a text's nodes with `words` marked. */
function marker(words) {
  const wanted = new Set(words);
  return (text) => {
    const nodes = [];
    let at = 0;
    for (const { 0: word, index } of text.matchAll(WRITTEN)) {
      if (!wanted.has(word)) continue;
      nodes.push(text.slice(at, index), make("mark", "", word));
      at = index + word.length;
    }
    return [...nodes, text.slice(at)];
  };
}
