// The quiet line above the message field: lost connections, and what did not go through.
import { by, say } from "./state.js";

const lost = new Set();
let problem = "";

/** Say, or stop saying, that `who` has lost the server. */
export function reconnecting(who, isLost) {
  if (isLost) lost.add(who);
  else lost.delete(who);
  show();
}

/** Say what went wrong until the next thing goes right; an empty sentence takes it away. */
export function tell(sentence) {
  problem = sentence;
  show();
}

function show() {
  const words = lost.size ? say("reconnecting") : problem;
  const line = by("notice");
  if (line.textContent !== words) line.textContent = words;
  line.hidden = !words;
}
