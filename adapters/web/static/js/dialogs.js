// Opens and closes dialogs. The browser itself keeps the focus inside and gives it back, and Escape closes.
import { by, state } from "./state.js";
import { send } from "./post.js";

export function serveDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) open(by(opener.dataset.open));
    if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
  });
  by("reset-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    await send("/reset", { era: state.era });
    location.reload();
  });
}

function open(dialog) {
  dialog.showModal();
  dialog.querySelector("h2").focus();
}
