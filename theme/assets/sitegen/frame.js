// What Material puts around every page, once for the whole site. `shared` is put before it when the site is built:
// { colors, before, tabs, drawer, top, dialog: HTML with links relative to the site's root, config: for Material's bundle }.

(() => {
  const root = new URL("../../", document.currentScript.src);

  // The address of the list that this page belongs to.
  let section = "";

  // Material's helpers, under the names that its bundle asks for.
  window.__md_scope = root;
  window.__md_hash = (text) => [...text].reduce((hash, letter) => (hash << 5) - hash + letter.charCodeAt(0), 0);
  window.__md_get = (key, storage = localStorage, scope = __md_scope) => JSON.parse(storage.getItem(`${scope.pathname}.${key}`));
  window.__md_set = (key, value, storage = localStorage, scope = __md_scope) => {
    try {
      storage.setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
    } catch {
      // A full or forbidden storage: the choice lasts for this page.
    }
  };

  // An observer is called before anything is painted and before a script of the page runs, so that the page needs no
  // script of its own: the header comes as soon as the plain one is there, all else when the footer is.
  new MutationObserver((_, observer) => {
    const plain = document.querySelector("header[data-section]");
    if (plain) begin(plain);
    if (!document.querySelector("footer")) return;
    observer.disconnect();
    finish();
  }).observe(document, { childList: true, subtree: true });

  /** Header and tabs, in the right colours, instead of the plain header. */
  function begin(plain) {
    const container = plain.parentElement;
    container.insertAdjacentHTML("beforebegin", shared.before);
    plain.insertAdjacentHTML("beforebegin", shared.tabs);
    const tabs = plain.previousElementSibling;
    plain.remove();
    section = new URL(plain.dataset.section === "home" ? "." : `${plain.dataset.section}/`, root).href;
    const header = container.previousElementSibling;
    lead(header);
    if (tabs) lead(tabs);
    if (plain.dataset.section === "search") withoutBox(header);
    color(shared.colors);
    color(chosen());
  }

  /** The search page has a search box of its own. */
  function withoutBox(header) {
    for (const each of header.querySelectorAll(".sg-header-search, .sg-header-find")) each.remove();
  }

  /** The colours that the reader chose, or those of the first choice, which may follow the system. */
  function chosen() {
    try {
      const stored = __md_get("__palette");
      if (stored?.color) return stored.color;
    } catch {
      // A forbidden storage.
    }
    return { media: document.querySelector("[data-md-color-media]")?.dataset.mdColorMedia };
  }

  function color(colors) {
    const all = { ...colors };
    if (all.media === "(prefers-color-scheme)") {
      const scheme = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
      const input = document.querySelector(`[data-md-color-media="(prefers-color-scheme: ${scheme})"]`);
      for (const key of ["media", "scheme", "primary", "accent"]) all[key] = input.getAttribute(`data-md-color-${key}`);
    }
    for (const [key, value] of Object.entries(all)) if (value) document.body.setAttribute(`data-md-color-${key}`, value);
  }

  /** Links of Material's parts lead on from the site's root; the one of this section is the active one. */
  function lead(part) {
    for (const name of ["href", "src", "action"]) {
      for (const element of part.querySelectorAll(`[${name}]`)) {
        element.setAttribute(name, new URL(element.getAttribute(name), root).href);
      }
    }
    for (const link of part.querySelectorAll(".md-tabs__link, .md-nav__link")) {
      if (link.href !== section) continue;
      const name = link.classList[0].split("__")[0];
      if (name === "md-nav") link.classList.add("md-nav__link--active");
      link.parentElement.classList.add(`${name}__item--active`);
    }
  }

  /** All that Material's bundle, which stands at the end of the page, looks for; and what our pages do beyond links. */
  function finish() {
    for (const name of ["container", "main", "content"]) {
      document.querySelector(`.md-${name}`).setAttribute("data-md-component", name);
    }
    const inner = document.querySelector(".md-main__inner");
    inner.insertAdjacentHTML("afterbegin", shared.drawer);
    lead(inner.firstElementChild);
    inner.parentElement.insertAdjacentHTML("beforeend", shared.top);
    document.body.insertAdjacentHTML("beforeend", shared.dialog);
    const topic = document.querySelector("[data-md-component=header-topic] .md-ellipsis");
    topic.textContent = document.querySelector("h1").textContent;
    const config = document.createElement("script");
    config.type = "application/json";
    config.id = "__config";
    config.textContent = JSON.stringify({ base: root.href, ...shared.config });
    const behaviour = document.createElement("script");
    behaviour.type = "module";
    behaviour.src = new URL("assets/sitegen/archive.js", root);
    document.body.append(config, behaviour);
    // Material's script takes every `link[rel=alternate]` for another language and fetches a sitemap.xml beside it.
    for (const link of document.querySelectorAll("link[rel=alternate][type]")) link.rel = "alternate feed";
  }
})();
