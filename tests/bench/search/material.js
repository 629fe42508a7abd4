// The search of stock MkDocs Material: a line that says how many pages match, and below it the first ten.

globalThis.bench = {
  line: () => document.querySelector("[data-md-component=search-result] > .md-search-result__meta")?.textContent.trim(),
  ready: () => /^(No|1|[\d.,kM]+) matching/.test(bench.line() ?? ""),
  hits: () => [...document.querySelectorAll(".md-search-result__item")].map((item) => {
    const { pathname } = new URL(item.querySelector("a").href);
    return pathname.match(/^\/papers\/([^/]+)\/$/)?.[1] ?? "";
  }),
  /** Empties the box, for the line may say the same of the next query. */
  prepare() {
    const emptied = new Promise((resolve) => {
      const wait = () => (bench.ready() ? setTimeout(wait, 5) : resolve());
      wait();
    });
    bench.type("");
    return emptied;
  },
  type(query) {
    const box = document.querySelector("[data-md-component=search-query]");
    box.value = query;
    box.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  },
};
