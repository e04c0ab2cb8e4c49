// Buttons and menus inside messages.
import { by, state } from "./state.js";
import { send } from "./post.js";

/** Start listening; `take` gets each answer and the message whose button was pressed. */
export function servePresses(take) {
  by("messages").addEventListener("click", (event) => {
    const button = event.target.closest("button.press");
    if (button && button.getAttribute("aria-busy") !== "true") press(button, take);
  });
}

async function press(button, take) {
  const message = Number(button.closest(".message").dataset.id);
  const menu = button.dataset.from ? by(button.dataset.from) : null;
  if (menu && !menu.value) return menu.focus();
  button.setAttribute("aria-busy", "true");
  const chosen = menu ? { chosen: menu.value } : {};
  const answer = await send(`${state.base}/press`, { press: button.dataset.press, message, ...chosen });
  button.removeAttribute("aria-busy");
  take(answer, message);
}
