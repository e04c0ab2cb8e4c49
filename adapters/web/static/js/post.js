// Sends interactions in order, each with its own key, again and again until the server has answered.
import { keep, recall, say } from "./state.js";
import { reconnecting } from "./notice.js";

const STORE = "askwell:waiting";
const AWAY = new Set([502, 503, 504]);
const handlers = new Map();
const waiting = recall(sessionStorage, STORE, []);
let isBusy = false;

/** Send `body` to `path`; resolves with the answer, or {error} where asking again would not help. */
export function send(path, body) {
  const item = { path, body: { key: newKey(), ...body } };
  waiting.push(item);
  keep(sessionStorage, STORE, waiting);
  return new Promise((resolve) => {
    handlers.set(item.body.key, resolve);
    pump();
  });
}

/** Send what an earlier page left behind; `take` gets the answers. */
export function resume(take) {
  for (const item of waiting) handlers.set(item.body.key, take);
  pump();
}

async function pump() {
  if (isBusy) return;
  isBusy = true;
  while (waiting.length) {
    const item = waiting[0];
    const answer = await untilAnswered(item);
    waiting.shift();
    keep(sessionStorage, STORE, waiting);
    handlers.get(item.body.key)?.(answer);
    handlers.delete(item.body.key);
  }
  isBusy = false;
}

async function untilAnswered(item) {
  for (let tries = 0; ; tries += 1) {
    const answer = await once(item);
    reconnecting("post", answer === null);
    if (answer !== null) return answer;
    await new Promise((resolve) => setTimeout(resolve, Math.min(4000, 250 * 2 ** tries)));
  }
}

/** Return the answer, or null when the server cannot be reached now. */
async function once({ path, body }) {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    if (AWAY.has(response.status)) return null;
    if (response.status === 401) location.assign("/login");
    return response.ok ? await response.json() : { error: say("failed") };
  } catch {
    return null;
  }
}

/** Return a random key. `crypto.randomUUID` is not there on plain http beyond localhost. */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
