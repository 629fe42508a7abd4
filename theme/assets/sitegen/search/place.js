// Where a reader is among the hits, so that Back leads there again. Places are told from hits: how high those above are
// shows only when they have been filled.

// So long after the last step of scrolling, in ms, a reader has come to a place.
const ARRIVED = 100;

/** Call `arrived` whenever a reader has scrolled to a place. */
export function onArrival(arrived) {
  let timer = 0;
  addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = setTimeout(arrived, ARRIVED);
  }, { passive: true });
}

/** {shown, first, top}: how many hits there are, which is the first in the window, where its upper edge is; or null. */
export function placeAmong(results) {
  const hits = [...results.children];
  if (!hits.length) return null;
  const seen = hits.findIndex((hit) => hit.getBoundingClientRect().bottom > 0);
  const first = seen < 0 ? hits.length - 1 : seen;
  return { shown: hits.length, first, top: hits[first].getBoundingClientRect().top };
}

/** Scroll to a place that `placeAmong` gave. */
export function goTo(results, { first, top }) {
  const hit = results.children[first];
  if (hit) scrollBy({ top: hit.getBoundingClientRect().top - top, behavior: "instant" });
}
