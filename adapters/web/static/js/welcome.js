// The first minute: what this is, and three things to try. It stays until somebody closes it.
import { by, keep, recall, state } from "./state.js";
import { fill } from "./composer.js";

const STORE = "askwell:welcomed";

export function serveWelcome() {
  const panel = by("welcome");
  panel.hidden = recall(localStorage, STORE, "") === state.era;
  by("close-welcome").addEventListener("click", () => {
    panel.hidden = true;
    keep(localStorage, STORE, state.era);
    by("say").focus();
  });
  by("show-welcome").addEventListener("click", () => {
    panel.hidden = false;
    keep(localStorage, STORE, "");
    scrollTo(0, 0);
    by("welcome-title").focus();
  });
  panel.addEventListener("click", (event) => {
    const step = event.target.closest("[data-fill]");
    if (step) fill(step.dataset.fill);
  });
}
