// The filters of the search page: a panel with counts to choose them from, and chips for those in use.

import { asked, ends, NO_FILTERS, range } from "./address.js";
import { inUse, showChips } from "./chips.js";
import { make } from "./view.js";

const YEAR = /^\d{4}$/;
// So many tags are offered at first, the commonest of what was found.
const FEW_TAGS = 12;

/**
 * {show(state), refresh(state, client, years), onOpen(listener)}; part: name -> element of the page, choose: called with
 * what is to change of the state, as {year: "2024"}, and whether that is a step of more, as of an arrow key.
 */
export function filters(part, choose) {
  const [panel, from, to, chips] = ["filters", "from", "to", "chips"].map(part);
  const summary = panel.querySelector("summary");
  const moreTags = part("more-tags");
  const names = new Map();
  let shown = null;
  let mostTags = FEW_TAGS;

  for (const end of [from, to]) end.addEventListener("change", () => choose({ year: range(yearIn(from), yearIn(to)) }, true));

  function show(state) {
    shown = state;
    [from.value, to.value] = ends(state.year);
    const used = inUse(state, names);
    summary.textContent = used.length ? `Filters (${used.length})` : "Filters";
    part("used").textContent = used.map(([words]) => words).join(", ");
    showChips(chips, used, (change) => {
      choose(change);
      (chips.querySelector("button") ?? summary).focus();
    });
  }

  /** Count anew what can be chosen, if that is seen; years: [[year, papers], …] of what was found, if it was. */
  async function refresh(state, client, years) {
    if (!panel.open) return;
    const found = years && !state.year ? years : (await client.searchBeside(...asked({ ...state, year: "" }, { limit: 0 })))?.years;
    if (!found || shown !== state) return;
    showYears(state, found);
    const [tags, code] = await counted(state, client);
    if (shown !== state) return;
    showTags(state, tags);
    fill(part("code"), code || state.code ? [choice("Has code", code, "code", true, state.code)] : []);
  }

  function showYears({ year }, years) {
    const [newest, oldest] = [years[0]?.[0] ?? "", years.at(-1)?.[0] ?? ""];
    for (const end of [from, to]) [end.min, end.max] = [oldest, newest];
    [from.placeholder, to.placeholder] = [oldest, newest];
    fill(part("years"), years.map(([each, count]) => choice(each, count, "year", each, year)));
    // A range in use can be changed even if nothing is found at all.
    if (year) from.closest("fieldset").hidden = false;
  }

  function showTags({ tag }, tags) {
    const isUnknown = tag && !names.has(tag);
    for (const { slug, name } of tags) names.set(slug, name);
    if (isUnknown) show(shown);
    const found = tags.filter(({ slug, count }) => count || slug === tag).sort((a, b) => b.count - a.count);
    const listed = found.filter(({ slug }, at) => at < mostTags || slug === tag);
    fill(part("tags"), listed.map(({ slug, name, count }) => choice(name, count, "tag", slug, tag)));
    const left = found.length - listed.length;
    moreTags.textContent = `${left.toLocaleString("en")} more tag${left === 1 ? "" : "s"}`;
    moreTags.hidden = !left;
    moreTags.onclick = () => {
      mostTags = Infinity;
      showTags({ tag }, tags);
      part("tags").querySelectorAll("button")[FEW_TAGS].focus();
    };
  }

  /** A button that chooses a value of the state, or takes it away if it is the chosen one. */
  function choice(words, count, name, value, chosen) {
    const papers = make("span", "sg-sr", count === 1 ? " paper" : " papers");
    const button = make("button", "sg-choice", words, " ", make("span", "sg-count", count.toLocaleString("en"), papers));
    button.type = "button";
    button.dataset.value = value;
    button.setAttribute("aria-pressed", String(value === chosen));
    button.addEventListener("click", () => choose({ [name]: value === chosen ? NO_FILTERS[name] : value }));
    return button;
  }

  return { show, refresh, onOpen: (listener) => panel.addEventListener("toggle", () => panel.open && listener()) };
}

const yearIn = ({ value }) => (YEAR.test(value) ? value : "");

/** [tags, code]: how many papers each choice would leave, so that a choice is not counted within itself. */
async function counted(state, client) {
  const { tags, code } = await client.facets(...asked({ ...state, tag: "" }));
  if (!state.tag && !state.code) return [tags, code];
  return [tags, (await client.facets(...asked({ ...state, code: false }))).code];
}

/** Put choices into a list, which is shown with its heading if there are any; the focus stays where it was. */
function fill(list, buttons) {
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.value : null;
  list.replaceChildren(...buttons.map((button) => make("li", "", button)));
  list.closest("fieldset").hidden = !buttons.length;
  buttons.find(({ dataset }) => dataset.value === focused)?.focus();
}
