// Titles under a search box that leads to the search page. archive.js loads this when such a box is first used.

import { connect } from "./client.js";
import { emptyByKey } from "./keys.js";
import { listbox } from "./listbox.js";
import { make, suggestion } from "./view.js";
import { papers } from "./words.js";

const ROOT = new URL("../../../", import.meta.url);
const MOST = 6;
const TYPING_PAUSE = 60;

// One for all boxes of a page.
let client = null;

function engine() {
  client ??= connect(new URL("search/", ROOT).href);
  return client;
}

/** Let a form with a box `q` show the best papers for what is typed. */
export function suggest(form) {
  const box = form.querySelector("input[name=q]");
  const list = make("div", "sg-suggest");
  list.id = `${box.id}-choices`;
  list.setAttribute("aria-label", "Papers");
  const status = make("p", "sg-sr");
  status.setAttribute("role", "status");
  form.append(list, status);
  const choices = listbox(box, list, look);
  let pause = 0;

  async function look() {
    const query = box.value;
    if (!query.trim()) return close();
    try {
      const found = await engine().search(query, { limit: MOST, offset: 0 });
      if (found && query === box.value && document.activeElement === box) show(query, found);
    } catch {
      // Without suggestions the box leads to the search page, which says what is wrong; the next letter tries again.
      client?.close();
      client = null;
      close();
    }
  }

  function show(query, { hits, total }) {
    choices.open([...hits.map((hit) => suggestion(hit, ROOT)), allResults(query, total)]);
    status.textContent = total ? `${papers(total)} found` : "No paper found";
  }

  function close() {
    choices.close();
    status.textContent = "";
  }

  box.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(look, TYPING_PAUSE);
  });
  emptyByKey(box);
  // The index begins to load before the first letter.
  engine();
  look();
}

function allResults(query, total) {
  const words = total ? `All results for “${query.trim()}”` : `No paper found for “${query.trim()}”: what to try`;
  const link = make("a", "sg-suggest__choice sg-suggest__all", words);
  link.href = new URL(`search/?${new URLSearchParams({ q: query.trim() })}`, ROOT).href;
  return link;
}
