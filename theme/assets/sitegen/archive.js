// What pages do beyond links: copy BibTeX, `/` or `s` to search, and the drawer of small screens by keyboard.

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

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || (event.key !== "/" && event.key !== "s")) return;
  const boxes = [...document.querySelectorAll("main input[type=search], header input[type=search]")];
  const box = boxes.find((each) => each.checkVisibility());
  const link = document.querySelector(".sg-header-find");
  if (!box && !link) return;
  event.preventDefault();
  if (box) box.focus();
  else link.click();
});

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
