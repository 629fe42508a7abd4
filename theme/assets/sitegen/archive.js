// What pages do beyond links: copy BibTeX, `/` or `s` to search, papers under search boxes, and the drawer of small screens
// by keyboard.

for (const block of document.querySelectorAll(".sg-cite")) {
  block.tabIndex = 0;
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sg-copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(block.textContent);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  block.before(button);
}

// The search page has its own box; elsewhere it is the header's, which a small screen has no room for.
const BOXES = ["[data-search] input[name=q]", "header input[name=q]", "main input[name=q]"];

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || (event.key !== "/" && event.key !== "s")) return;
  const box = BOXES.map((each) => document.querySelector(each)).find((each) => each?.checkVisibility());
  const link = document.querySelector(".sg-header-find");
  if (!box && !link) return;
  event.preventDefault();
  if (!box) {
    link.click();
    return;
  }
  box.focus();
  box.select();
});

// Boxes that lead to the search page show papers on the way; nothing is loaded for that until one is used.
for (const form of document.querySelectorAll("form[role=search]")) {
  if (form.closest("[data-search]")) continue;
  const start = () => import("./search/suggest.js").then(({ suggest }) => suggest(form), () => {});
  if (form.contains(document.activeElement)) start();
  else form.addEventListener("focusin", start, { once: true });
}

// Material's drawer is a checkbox with labels, which no key reaches, and its links take the focus while it is shut.
const drawer = document.getElementById("__drawer");
const label = document.querySelector("header label[for=__drawer]");
const sidebar = document.querySelector(".md-sidebar--primary");
if (drawer && label && sidebar) {
  const narrow = matchMedia("(max-width: 76.234375em)");
  const menu = document.createElement("button");
  const update = () => {
    sidebar.inert = narrow.matches && !drawer.checked;
    menu.setAttribute("aria-expanded", String(drawer.checked));
  };
  menu.type = "button";
  menu.className = `${label.className} sg-menu`;
  menu.setAttribute("aria-label", "Menu");
  menu.append(...label.childNodes);
  label.replaceWith(menu);
  menu.addEventListener("click", () => {
    drawer.click();
    if (drawer.checked) sidebar.querySelector("a").focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer.checked) return;
    drawer.click();
    menu.focus();
  });
  drawer.addEventListener("change", update);
  narrow.addEventListener("change", update);
  update();
}
