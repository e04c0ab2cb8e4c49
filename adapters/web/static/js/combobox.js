// A text field with a list of suggestions, for the keyboard and for screen readers
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).
import { by, element, say } from "./state.js";

let ids = 0;

/**
 * Make `input` offer what `find(text)` returns ([{title, note, ...}], or a promise of it); `take(option)` uses one.
 * `isEager(text)` says whether the first one is chosen beforehand, so that Enter takes it.
 */
export function suggestions(input, list, { find, take, isEager = () => false }) {
  const box = { input, list, take, options: [], active: -1 };
  let asked = 0;
  const refresh = async () => {
    const turn = (asked += 1);
    const text = input.value;
    const options = await find(text);
    if (turn === asked) show(box, options, isEager(text) ? 0 : -1);
  };
  input.addEventListener("input", refresh);
  input.addEventListener("keydown", (event) => onKey(box, event, refresh));
  input.addEventListener("blur", () => { asked += 1; show(box, [], -1); });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[role=option]");
    if (row) choose(box, [...list.children].indexOf(row));
  });
  return { refresh, close: () => show(box, [], -1), isOpen: () => !list.hidden };
}

function show(box, options, active) {
  box.options = options;
  box.list.replaceChildren(...options.map(drawn));
  box.list.hidden = !options.length;
  box.input.setAttribute("aria-expanded", String(options.length > 0));
  point(box, options.length ? active : -1);
  if (options.length) tellCount(options.length);
}

function drawn(option) {
  const row = element("li", "", { role: "option", id: `option-${(ids += 1)}`, "aria-selected": "false" });
  row.append(element("span", option.title, { class: "option-title", dir: "auto" }));
  if (option.note) row.append(element("small", option.note, { dir: "auto" }));
  return row;
}

function tellCount(n) {
  const words = n === 1 ? say("suggestions_one") : say("suggestions", { n });
  if (by("announcer").textContent !== words) by("announcer").textContent = words;
}

function point(box, active) {
  const rows = [...box.list.children];
  box.active = active;
  rows.forEach((row, i) => row.setAttribute("aria-selected", String(i === active)));
  if (active < 0) return box.input.removeAttribute("aria-activedescendant");
  box.input.setAttribute("aria-activedescendant", rows[active].id);
  rows[active].scrollIntoView({ block: "nearest" });
}

function choose(box, i) {
  const option = box.options[i];
  show(box, [], -1);
  box.take(option);
}

function onKey(box, event, refresh) {
  const n = box.options.length;
  const isOpen = !box.list.hidden;
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  if (event.isComposing) return;
  if (event.key in moves && isOpen) {
    point(box, (box.active + moves[event.key] + n + (box.active < 0 && moves[event.key] < 0 ? 1 : 0)) % n);
  } else if (event.key === "ArrowDown" && !isOpen) refresh();
  else if ((event.key === "Enter" || event.key === "Tab") && isOpen && box.active >= 0) choose(box, box.active);
  else if (event.key === "Escape" && isOpen) show(box, [], -1);
  else return;
  event.preventDefault();
  event.stopPropagation();
}
