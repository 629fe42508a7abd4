// A chip for each filter that is in use, which takes it away.

import { ends, NO_FILTERS } from "./address.js";
import { make } from "./view.js";

/** [[words, the change that takes it away], …] of a state; names: slug of a tag -> name, as far as they are known. */
export function inUse({ year, tag, code }, names) {
  return [
    ...(year ? [[yearWords(year), { year: "" }]] : []),
    ...(tag ? [[names.get(tag) ?? tag, { tag: "" }]] : []),
    ...(code ? [["has code", { code: false }]] : []),
  ];
}

/** Show the filters `used`, as `inUse` gives them, in a list; choose: called with a change. */
export function showChips(list, used, choose) {
  const buttons = used.map(([words, without]) => chip(words, `Remove filter ${words}`, () => choose(without)));
  if (used.length > 1) buttons.push(chip("Clear all", "Clear all filters", () => choose(NO_FILTERS)));
  list.replaceChildren(...buttons.map((button) => make("li", "", button)));
  list.hidden = !used.length;
}

function chip(words, label, remove) {
  const cross = make("span", "sg-chip__cross", "×");
  cross.setAttribute("aria-hidden", "true");
  const button = make("button", "sg-chip", words, " ", cross);
  button.type = "button";
  button.setAttribute("aria-label", label);
  button.addEventListener("click", remove);
  return button;
}

function yearWords(year) {
  const [from, to] = ends(year);
  if (from === to) return from;
  if (!to) return `${from} or later`;
  return from ? `${from}–${to}` : `${to} or earlier`;
}
