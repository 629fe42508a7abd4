// The history of a search: each state that was meant is an entry, of those while typing only the last one.

import { read, written } from "./address.js";

/** {follow(state), mean(state), settle(isMeant)}. */
export function trail() {
  // What follows is a new entry; Back leads to the state that is in the address now.
  let settled = false;

  /** Let the address say the state; until it is settled, the next one takes its place. */
  function follow(state) {
    const search = written(state);
    if (search === written(read(location.search))) return;
    const url = new URL(location.href);
    url.search = search;
    url.hash = "";
    try {
      history[settled ? "pushState" : "replaceState"](null, "", url);
      settled = false;
    } catch {
      // Browsers limit how often and how long; the search goes on without.
    }
  }

  return {
    follow,
    /** A state between one that was meant and whatever comes: an entry of its own. */
    mean(state) {
      settled = true;
      follow(state);
      settled = true;
    },
    settle(isMeant) {
      settled = isMeant;
    },
  };
}
