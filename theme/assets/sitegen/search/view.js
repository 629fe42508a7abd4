// What a hit looks like. Text of papers reaches the page as text only.

import { titleNodes } from "./title.js";

const MOST_TAGS = 4;

/** An element with a class and children, which are nodes or text. */
export function make(name, className, ...content) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

/** The list entry of a hit; root: URL of the site's root, place: the element for what `preview` makes. */
export function entry(hit, root, place) {
  const text = marker(hit);
  const link = make("a", "sg-hit__title", ...title(hit, text));
  link.href = new URL(hit.url, root).href;
  const heading = make("h2", "sg-hit__heading", link);
  if (hit.notice) heading.prepend(notice(hit), " ");
  const article = make("article", "sg-hit", heading, facts(hit, text), place);
  article.dataset.paperId = hit.paperId;
  return make("li", "", article);
}

/** Where the preview of a hit will stand; there is room for it until it has come. */
export function emptyPlace() {
  const place = make("div", "sg-hit__more");
  place.toggleAttribute("data-waiting", true);
  return place;
}

/** Snippet and tags; parts: [[text, marked], …], tags: [{name, url}, …]. */
export function preview(parts, tags) {
  const snippet = make("p", "sg-hit__snippet", ...parts.map(([text, isMarked]) => (isMarked ? make("mark", "", text) : text)));
  return [...(parts.length ? [snippet] : []), ...(tags.length ? [tagList(tags.slice(0, MOST_TAGS))] : [])];
}

/** A choice of the list under a box: a link to the paper of a hit. */
export function suggestion(hit, root) {
  const text = marker(hit);
  const choice = make("a", "sg-suggest__choice", make("span", "sg-suggest__title", ...title(hit, text)));
  if (hit.notice) choice.firstChild.prepend(notice(hit), " ");
  const year = hit.date.slice(0, 4);
  const facts = [hit.authors, year].filter(Boolean).map((each) => make("span", "", each));
  if (facts.length) choice.append(make("span", "sg-suggest__facts", ...facts));
  choice.href = new URL(hit.url, root).href;
  return choice;
}

const title = (hit, text) => (hit.titleHtml ? titleNodes(hit.titleHtml, text) : text(hit.title));

const notice = (hit) => make("strong", "sg-hit__notice", hit.notice);

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

function tagList(tags) {
  const items = tags.map(({ name, url }) => {
    const link = make("a", "sg-tag", name);
    link.href = url;
    return make("li", "", link);
  });
  const list = make("ul", "sg-tags", ...items);
  list.setAttribute("aria-label", "Tags");
  return list;
}

/** A function that gives a text's nodes with the marks of a hit; `written` is the engine's, so that words end alike. */
function marker({ marks, written }) {
  const wanted = new Set(marks);
  return (text) => {
    const nodes = [];
    let at = 0;
    for (const { 0: word, index } of text.matchAll(written)) {
      if (!wanted.has(word)) continue;
      nodes.push(text.slice(at, index), make("mark", "", word));
      at = index + word.length;
    }
    return [...nodes, text.slice(at)];
  };
}
