// A box with a list of choices under it, after the combobox pattern of ARIA: the focus stays in the box, arrow keys
// choose. https://www.w3.org/WAI/ARIA/apg/patterns/combobox/

const STEPS = { ArrowDown: 1, ArrowUp: -1 };
// A list is never lower than this, in px, nor nearer to the lower edge of what is seen.
const LEAST = 160;
const MARGIN = 8;

/** {open(choices), close()}; choices: links. wanted: called when a key asks for a list that is closed. */
export function listbox(box, list, wanted) {
  let active = -1;

  const isOpen = () => box.getAttribute("aria-expanded") === "true";

  /** Choose a link by its place, or with -1 none. */
  function choose(place) {
    active = place;
    [...list.children].forEach((choice, at) => choice.setAttribute("aria-selected", String(at === place)));
    const chosen = list.children[place];
    if (!chosen) {
      box.removeAttribute("aria-activedescendant");
      return;
    }
    box.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  function open(choices) {
    choices.forEach((choice, at) => {
      choice.id = `${list.id}-${at}`;
      choice.tabIndex = -1;
      choice.setAttribute("role", "option");
    });
    list.replaceChildren(...choices);
    choose(-1);
    show(true);
  }

  function close() {
    choose(-1);
    show(false);
  }

  function show(shown) {
    list.hidden = !shown;
    box.setAttribute("aria-expanded", String(shown));
    if (shown) fit();
  }

  /** As high as there is room, which a keyboard on the screen takes away; what is in it can be scrolled. */
  function fit() {
    const room = visualViewport.offsetTop + visualViewport.height - list.getBoundingClientRect().top;
    list.style.maxHeight = `${Math.max(LEAST, room - MARGIN)}px`;
  }

  /** One step on; before the first choice and behind the last one is the box itself. */
  function step(by) {
    const places = list.children.length + 1;
    choose(((active + 1 + by + places) % places) - 1);
  }

  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = STEPS[event.key];
    if (by && !isOpen()) wanted();
    else if (by) step(by);
    else if (event.key === "Enter" && active >= 0) list.children[active].click();
    else if (event.key === "Escape" && isOpen()) close();
    else return;
    event.preventDefault();
  });
  // What was chosen answers an older text.
  box.addEventListener("input", () => choose(-1));
  // The focus stays in the box, so that the list is there until the click is done.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  box.addEventListener("blur", close);

  list.setAttribute("role", "listbox");
  const roles = { role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": list.id };
  for (const [name, value] of Object.entries(roles)) box.setAttribute(name, value);
  close();
  return { open, close };
}
