// The search page: box, filters and order; hits while typing; the address.

import { asked, isEmpty, isFiltered, NO_FILTERS, read } from "./address.js";
import { connect } from "./client.js";
import { filters } from "./filters.js";
import { emptyByKey, moveByKeys } from "./keys.js";
import { goTo, onArrival, placeAmong } from "./place.js";
import { previews } from "./previews.js";
import { trail } from "./trail.js";
import { emptyPlace, entry } from "./view.js";
import { summary, titled } from "./words.js";

const TITLE = document.title;
const ROOT = new URL("../../../", import.meta.url);
const PAGE = 10;
const TYPING_PAUSE = 60;
// So long after the last hits were shown while typing, they are likely to stay.
const QUIET = 150;

const page = document.querySelector("[data-search]");
const part = (name) => page.querySelector(`[data-search-${name}]`);
const form = page.querySelector("form");
const box = form.querySelector("input[name=q]");
const status = page.querySelector("[role=status]");
const sort = part("sort").querySelector("select");
const [results, note, more, none, failure, start] = ["results", "note", "more", "none", "error", "start"].map(part);
const filter = filters(part, choose);
const preview = previews(ROOT);
const visited = trail();

let client = connectAnew();
// What is searched: a new object whenever it changes, so that answers to older questions are known as such.
let state = read(location.search);
let pause = 0;
let quiet = 0;

function connectAnew() {
  return connect(new URL("search/", ROOT).href);
}

function show(element, shown) {
  element.hidden = !shown;
}

function say(text) {
  status.textContent = text;
}

/** What is shown belongs to an older question. */
function unsettle() {
  show(more, false);
  results.removeAttribute("data-ready");
  clearTimeout(pause);
  clearTimeout(quiet);
  preview.stop();
}

function clear() {
  results.removeAttribute("aria-busy");
  results.replaceChildren();
  for (const element of [note, more, none, failure, start]) show(element, false);
}

/** delay: how long hits must have been shown before more is fetched for them; place: where to go among them. */
async function search(delay = 0, place = null) {
  unsettle();
  filter.show(state);
  document.title = titled(state.q, TITLE);
  if (isEmpty(state)) {
    clear();
    show(part("sort"), false);
    show(start, true);
    finish("", null, delay);
    return;
  }
  const mine = state;
  results.setAttribute("aria-busy", "true");
  show(start, false);
  if (!results.childElementCount) say("Searching …");
  try {
    const found = await client.search(...asked(mine, { limit: Math.max(PAGE, place?.shown ?? 0), offset: 0 }));
    if (found && mine === state) list(found, delay, place);
  } catch {
    if (mine === state) fail();
  }
}

function list(found, delay, place) {
  const articles = results.querySelectorAll("[data-paper-id]");
  const before = new Map(Array.from(articles, (each) => [each.dataset.paperId, each.lastChild]));
  clear();
  const shown = append(found.hits, before);
  note.textContent = found.note;
  show(note, found.note);
  show(none, !found.total);
  show(part("sort"), state.q && found.total > 1);
  show(part("unfilter"), isFiltered(state));
  show(more, found.total > found.hits.length);
  if (place) goTo(results, place);
  finish(summary(state.q, found), found, delay, shown);
}

/** before: paper id -> its preview among the hits that were here, which stays until there is another. */
function append(hits, before = new Map()) {
  const shown = hits.map((hit) => ({ hit, place: before.get(hit.paperId) ?? emptyPlace() }));
  results.append(...shown.map(({ hit, place }) => entry(hit, ROOT, place)));
  return shown;
}

function finish(words, found, delay, shown = []) {
  say(words);
  results.setAttribute("data-ready", "");
  keepPlace();
  quiet = setTimeout(() => {
    watch(shown);
    refresh(found?.years);
  }, delay);
}

function keepPlace() {
  visited.keep(placeAmong(results));
}

function watch(shown) {
  const mine = state;
  preview.watch(shown, async (text) => (await client.snippets(...asked(mine), [text]))[0]);
}

/** What a filter would leave is not worth a message where it cannot be counted. */
function refresh(years) {
  filter.refresh(state, client, years).catch(() => {});
}

function fail() {
  clear();
  show(part("sort"), false);
  say(navigator.onLine ? "The search does not work at the moment" : "You are offline");
  show(failure, true);
}

function retry() {
  client.close();
  client = connectAnew();
  search();
}

async function showMore() {
  const mine = state;
  const offset = results.childElementCount;
  try {
    const found = await client.searchBeside(...asked(mine, { limit: PAGE, offset }));
    if (!found || mine !== state || offset !== results.childElementCount) return;
    watch(append(found.hits));
    results.children[offset]?.querySelector("a").focus();
    show(more, found.total > results.childElementCount);
    keepPlace();
  } catch {
    if (mine === state) fail();
  }
}

function choose(change, isStep = false) {
  state = { ...state, ...change };
  visited.mean(state, isStep);
  search();
}

function fromAddress() {
  state = read(location.search);
  box.value = state.q;
  sort.value = state.sort;
  visited.settle(!isEmpty(state));
  search(0, visited.place());
}

box.addEventListener("input", () => {
  unsettle();
  state = { ...state, q: box.value.trim() ? box.value : "" };
  pause = setTimeout(() => {
    visited.follow(state);
    search(QUIET);
  }, TYPING_PAUSE);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  visited.follow(state);
  visited.settle(!isEmpty(state));
  search();
});

sort.addEventListener("change", () => choose({ sort: sort.value }));
more.addEventListener("click", showMore);
part("unfilter").querySelector("button").addEventListener("click", () => {
  choose(NO_FILTERS);
  box.focus();
});
part("retry").addEventListener("click", () => {
  box.focus();
  retry();
});
addEventListener("online", () => failure.hidden || retry());
addEventListener("popstate", fromAddress);
onArrival(() => results.hasAttribute("data-ready") && keepPlace());
filter.onOpen(() => results.hasAttribute("data-ready") && refresh(null));
moveByKeys(box, results, more);
emptyByKey(box);

for (const name of ["filters", "bar"]) show(part(name), true);
part("filters").open = isFiltered(state);
// A reader may have typed before this script was there.
const early = box.value;
// Whoever comes back is at a hit, not at the box.
const isNew = visited.place() === undefined;
fromAddress();
if (isNew && document.activeElement === document.body) box.focus();
if (early && !state.q) {
  box.value = early;
  box.dispatchEvent(new Event("input"));
}
