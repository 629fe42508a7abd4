// Arrow keys between the box and the hits.

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

const isPlain = (event) => !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing);

/** Let arrow keys and Escape move between the box, the titles of `results` and the button that shows more. */
export function moveByKeys(box, results, more) {
  const stops = () => [box, ...results.querySelectorAll(".sg-hit__title"), ...(more.hidden ? [] : [more])];

  function move(event, from) {
    const all = stops();
    const next = all[all.indexOf(from) + STEPS[event.key]];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && isPlain(event)) move(event, box);
  });
  for (const place of [results, more]) {
    place.addEventListener("keydown", (event) => {
      if (!isPlain(event)) return;
      if (event.key === "Escape") box.focus();
      else if (STEPS[event.key]) move(event, event.target.closest("li")?.querySelector(".sg-hit__title") ?? more);
    });
  }
}

/** Let Escape empty a box, and leave it when it is empty. */
export function emptyByKey(box) {
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    if (!box.value) {
      box.blur();
      return;
    }
    box.value = "";
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
