// The stream of news. It is taken up again where it broke, and rests while nobody looks at the page: a browser
// holds only six connections to one server, so many open pages must not keep theirs.
import { state } from "./state.js";
import { reconnecting } from "./notice.js";

const PATIENCE = 1_500;
const REST = 20_000;
let source = null;
let after = state.after;
let timer = 0;
let alarm = 0;

/** Listen, and give each event to the function of its name in `take`. */
export function listen(take) {
  connect(take);
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(() => rest(take), REST);
    else if (!source) connect(take);
  });
}

function connect(take) {
  source = new EventSource(`${state.base}/events?after=${encodeURIComponent(after)}`);
  for (const [name, handle] of Object.entries(take)) {
    source.addEventListener(name, (event) => {
      after = event.lastEventId || after;
      handle(JSON.parse(event.data));
    });
  }
  source.addEventListener("open", found);
  source.addEventListener("error", () => lost(take));
}

function found() {
  clearTimeout(alarm);
  alarm = 0;
  reconnecting("live", false);
}

/** A restart of the server takes a moment; only then is it worth a word. */
function lost(take) {
  alarm ||= setTimeout(() => reconnecting("live", true), PATIENCE);
  if (source?.readyState === EventSource.CLOSED) timer = setTimeout(() => connect(take), PATIENCE);
}

function rest(take) {
  source?.close();
  source = null;
  found();
  timer = setTimeout(() => peek(take), REST);
}

/** Look for news for a moment, so that the title can tell of them. */
function peek(take) {
  connect(take);
  timer = setTimeout(() => rest(take), PATIENCE);
}
