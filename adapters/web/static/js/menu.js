// The side of rooms and people, which narrow screens keep behind a button.
import { by } from "./state.js";

const button = by("menu");
const side = by("side");

export function serveMenu() {
  button.addEventListener("click", () => toggle(!document.body.classList.contains("menu-open")));
  document.addEventListener("keydown", (event) => event.key === "Escape" && isOpen() && toggle(false));
  document.querySelector(".stage").addEventListener("click", (event) => {
    if (isOpen() && !event.target.closest("#menu")) toggle(false);
  });
  side.addEventListener("click", (event) => event.target.closest("button") && isOpen() && toggle(false));
}

const isOpen = () => document.body.classList.contains("menu-open");

function toggle(opens) {
  document.body.classList.toggle("menu-open", opens);
  button.setAttribute("aria-expanded", String(opens));
  if (opens) side.querySelector("[aria-current]").focus();
  else button.focus();
}
