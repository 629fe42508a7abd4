// Fills hits with abstract and tags as they come into view.

import { paperOf } from "./papers.js";
import { preview } from "./view.js";

// So far below the window a hit is filled before it is seen.
const AHEAD = "50px";

/** {watch(shown, snippet), stop()}; root: URL of the site's root. */
export function previews(root) {
  let observer = null;
  // Element that waits -> {hit, snippet}.
  const waiting = new WeakMap();

  function observe() {
    const mine = new IntersectionObserver((changes) => {
      for (const { isIntersecting, target } of changes) {
        if (!isIntersecting) continue;
        mine.unobserve(target);
        fill(target, waiting.get(target), () => observer === mine);
      }
    }, { rootMargin: `${AHEAD} 0px` });
    return mine;
  }

  async function fill(place, { hit, snippet }, isWatched) {
    try {
      const { abstract, tags } = await paperOf(hit, root);
      if (!isWatched()) return;
      const parts = abstract ? await snippet(abstract) : [];
      if (isWatched()) place.replaceChildren(...preview(parts, tags));
    } catch {
      // The hit stands without.
    }
    if (isWatched()) place.removeAttribute("data-waiting");
  }

  return {
    /** Fill these too; shown: [{hit, place: element}, …], snippet: text -> promise of its parts. */
    watch(shown, snippet) {
      observer ??= observe();
      for (const { hit, place } of shown) {
        waiting.set(place, { hit, snippet });
        observer.observe(place);
      }
    },

    /** Fill nothing more of what was asked for until now. */
    stop() {
      observer?.disconnect();
      observer = null;
    },
  };
}
