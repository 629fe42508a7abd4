// What Material puts around every page, once for the whole site. `shared` is put before it when the site is built:
// { colors, before, tabs, drawer, top, dialog: HTML with links relative to the site's root, config: for Material's bundle }.

const root = new URL("../../", document.currentScript.src);

// Material's helpers, under the names that its bundle asks for.
var __md_scope = root;
var __md_hash = (text) => [...text].reduce((hash, letter) => (hash << 5) - hash + letter.charCodeAt(0), 0);
var __md_get = (key, storage = localStorage, scope = __md_scope) => JSON.parse(storage.getItem(`${scope.pathname}.${key}`));
var __md_set = (key, value, storage = localStorage, scope = __md_scope) => {
  try {
    storage.setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  } catch {
    // A full or forbidden storage: the choice lasts for this page.
  }
};

var sitegen = {
  // Stands before the content: header and tabs, in the right colours, before anything is painted.
  begin(section) {
    this.section = section;
    const here = document.currentScript;
    const container = here.parentElement;
    here.previousElementSibling.remove();
    container.insertAdjacentHTML("beforebegin", shared.before);
    here.insertAdjacentHTML("beforebegin", shared.tabs);
    const header = container.previousElementSibling;
    this.lead(header);
    this.lead(container);
    header.querySelector("[role=search]").action = new URL("search/", root);
      this.color(shared.colors);
    const chosen = __md_get("__palette")?.color;
    if (chosen) this.color(chosen);
  },

  color(color) {
    if (color.media === "(prefers-color-scheme)") {
      const light = matchMedia("(prefers-color-scheme: light)").matches;
      const input = document.querySelector(`[data-md-color-media="(prefers-color-scheme: ${light ? "light" : "dark"})"]`);
      for (const key of ["media", "scheme", "primary", "accent"]) color[key] = input.getAttribute(`data-md-color-${key}`);
    }
    for (const [key, value] of Object.entries(color)) document.body.setAttribute(`data-md-color-${key}`, value);
  },

  // Links of Material's parts lead on from the site's root; the one of this section is the active one.
  lead(part) {
    const active = new URL(this.section === "home" ? "." : `${this.section}/`, root).href;
    for (const link of part.querySelectorAll(".md-tabs a, .md-header a, .md-sidebar a")) {
      link.href = new URL(link.getAttribute("href"), root);
      if (link.href !== active || !link.matches(".md-tabs__link, .md-nav__link")) continue;
      const name = link.className.includes("tabs") ? "md-tabs" : "md-nav";
      if (name === "md-nav") link.classList.add("md-nav__link--active");
      link.parentElement.classList.add(`${name}__item--active`);
    }
  },

  // Stands before Material's bundle, which finds all this in the page.
  finish() {
    const inner = document.querySelector(".md-main__inner");
    inner.insertAdjacentHTML("afterbegin", shared.drawer);
    this.lead(inner);
    inner.parentElement.insertAdjacentHTML("beforeend", shared.top);
    document.body.insertAdjacentHTML("beforeend", shared.dialog);
    document.querySelector("[data-md-component=header-topic] .md-ellipsis").textContent = document.querySelector("h1").textContent;
    const config = document.createElement("script");
    config.type = "application/json";
    config.id = "__config";
    config.textContent = JSON.stringify({ base: root.href, ...shared.config });
    document.body.append(config);
    // Material's script takes every `link[rel=alternate]` for another language and fetches a sitemap.xml beside it.
    for (const link of document.querySelectorAll("link[rel=alternate][type]")) link.rel = "alternate feed";
  },
};
