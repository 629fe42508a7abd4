// The search page: box, hits while typing, URL.

import { connect } from "./client.js";
import { entry } from "./view.js";

const ROOT = new URL("../../../", import.meta.url);
const PAGE = 20;
const TYPING_PAUSE = 60;

const page = document.querySelector("[data-search]");
const part = (name) => page.querySelector(`[data-search-${name}]`);
const form = page.querySelector("form");
const box = form.querySelector("input[name=q]");
const status = page.querySelector("[role=status]");
const [results, note, more, none, failure, start] = ["results", "note", "more", "none", "error", "start"].map(part);

let client = connect(new URL("search/", ROOT).href);
let pause = 0;
// What is typed from here on is a new entry of the history; Back leads to the query that was there.
let settled = false;

const inUrl = () => new URLSearchParams(location.search).get("q") ?? "";

function remember(query) {
  if (query === inUrl()) return;
  const url = new URL(location.href);
  url.search = query ? `?${new URLSearchParams({ q: query })}` : "";
  url.hash = "";
  try {
    history[settled ? "pushState" : "replaceState"](null, "", url);
    settled = false;
  } catch {
    // Browsers limit how often and how long; the search goes on without.
  }
}

function show(element, shown) {
  element.hidden = !shown;
}

function say(text) {
  status.textContent = text;
}

function clear(query) {
  results.removeAttribute("data-ready");
  results.replaceChildren();
  for (const element of [note, more, none, failure]) show(element, false);
  show(start, !query);
}

async function search() {
  const query = box.value.trim() ? box.value : "";
  results.removeAttribute("data-ready");
  if (!query) {
    clear(query);
    say("");
    results.setAttribute("data-ready", "");
    return;
  }
  if (!results.childElementCount) say("Searching …");
  try {
    const found = await client.search(query, { limit: PAGE, offset: 0 });
    if (found && query === box.value) list(query, found);
  } catch {
    if (query === box.value) fail(query);
  }
}

function list(query, found) {
  clear(query);
  results.append(...found.hits.map((hit) => entry(hit, ROOT)));
  note.textContent = found.note;
  show(note, found.note);
  show(none, !found.total);
  show(more, found.total > found.hits.length);
  say(summary(query, found));
  results.setAttribute("data-ready", "");
}

function summary(query, { total, all }) {
  if (!total) return `No paper found for “${query.length > 100 ? `${query.slice(0, 100)}…` : query}”`;
  if (!all || all === total) return papers(total);
  return `${papers(all)} with all words, ${(total - all).toLocaleString("en")} more with some`;
}

const papers = (count) => `${count.toLocaleString("en")} paper${count === 1 ? "" : "s"}`;

function fail(query) {
  clear(query);
  say("The search does not work at the moment");
  show(failure, true);
}

async function showMore() {
  const query = box.value;
  const offset = results.childElementCount;
  try {
    const found = await client.search(query, { limit: PAGE, offset });
    if (!found || query !== box.value || offset !== results.childElementCount) return;
    results.append(...found.hits.map((hit) => entry(hit, ROOT)));
    results.children[offset]?.querySelector("a").focus();
    show(more, found.total > results.childElementCount);
  } catch {
    fail(query);
  }
}

function fromUrl() {
  clearTimeout(pause);
  box.value = inUrl();
  settled = box.value !== "";
  search();
}

box.addEventListener("input", () => {
  results.removeAttribute("data-ready");
  clearTimeout(pause);
  pause = setTimeout(() => {
    remember(box.value.trim());
    search();
  }, TYPING_PAUSE);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  remember(box.value.trim());
  settled = box.value !== "";
  search();
});

more.addEventListener("click", showMore);

part("retry").addEventListener("click", () => {
  client.close();
  client = connect(new URL("search/", ROOT).href);
  box.focus();
  search();
});

// Before other listeners of the document: on this page `/` means this box, not the one in the header.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  box.focus();
  box.select();
}, true);

box.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !box.value) return;
  event.preventDefault();
  box.value = "";
  box.dispatchEvent(new Event("input"));
});

addEventListener("popstate", fromUrl);

box.focus();
fromUrl();
