// The history of a search: each state that was meant is an entry, of those while typing only the last one. With an entry
// is kept where the reader was among its hits (place.js).

import { read, written } from "./address.js";

// Steps that follow one another so soon, in ms, are one.
const SOON = 1000;

/** {follow(state), mean(state, isStep), settle(isMeant), keep(place), place()}. */
export function trail() {
  // What follows is a new entry; Back leads to the state that is in the address now.
  let settled = false;
  // When the newest entry was last a step.
  let stepped = -Infinity;

  /** Let the address say the state; until it is settled, the next one takes its place. */
  function follow(state) {
    stepped = -Infinity;
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
    /** A state between one that was meant and whatever comes: an entry of its own; steps in a row have one together. */
    mean(state, isStep) {
      const now = performance.now();
      settled = !isStep || now - stepped > SOON;
      follow(state);
      settled = true;
      if (isStep) stepped = now;
    },
    settle(isMeant) {
      stepped = -Infinity;
      settled = isMeant;
    },
    /** Keep the place, or null where there is none, with the entry that is shown. */
    keep(place) {
      // The browser's own way, a number of pixels, leads past hits that have not come yet.
      history.scrollRestoration = place ? "manual" : "auto";
      try {
        history.replaceState({ place }, "");
      } catch {
        // As above.
      }
    },
    /** What was kept with the entry that is shown; undefined if nothing was, for it is new. */
    place: () => history.state?.place,
  };
}
