// sitegen's search page, and any page with the same attributes.

globalThis.bench = {
  ready: () => document.querySelector("[data-search-results][data-ready]") !== null,
  hits: () => [...document.querySelectorAll("[data-search-results] [data-paper-id]")].map((hit) => hit.dataset.paperId),
  tells: (change) => change.attributeName === "data-ready",
  type(query) {
    const box = document.querySelector(":is(main, [data-search]) form input[name=q]");
    box.value = query;
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  },
};
