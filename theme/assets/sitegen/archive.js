// What pages do beyond links: copy BibTeX, and `/` or `s` to search.

for (const code of document.querySelectorAll("code[data-copy]")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sg-copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  code.closest("section").prepend(button);
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
