// The list of messages: puts new ones in, replaces changed ones, keeps the newest in sight, tells screen readers.
import { by, element, state } from "./state.js";

const list = by("messages");
let spoken = [];

/** Show `items` as the server sends them. Returns those that are new here. */
export function upsert(items) {
  const follows = isAtEnd();
  const fresh = items.filter((item) => item.html && item.room === state.room && place(item));
  if (!fresh.length) return fresh;
  separate();
  by("empty").hidden = true;
  if (follows || fresh.some((item) => item.is_own)) toEnd();
  announce(fresh.filter((item) => !item.is_own).map((item) => item.words));
  return fresh;
}

/** Show older messages above the others, without moving what is being read. */
export function prepend(items) {
  const before = document.documentElement.scrollHeight;
  items.forEach(place);
  separate();
  scrollBy(0, document.documentElement.scrollHeight - before);
}

/** Put one message where it belongs. Tells whether it was new or has changed. */
function place(item) {
  const there = by(`m${item.id}`);
  if (there && Number(there.dataset.revision) >= item.revision) return false;
  const li = element("li");
  li.innerHTML = item.html; // the server escapes every typed word
  if (there) replace(there.parentElement, li);
  else list.insertBefore(li, rows().find((row) => idOf(row) > item.id) ?? null);
  return true;
}

function replace(old, li) {
  const hadFocus = old.contains(document.activeElement);
  old.replaceWith(li);
  if (hadFocus) li.firstElementChild.focus({ preventScroll: true });
}

const rows = () => [...list.children].filter((row) => row.firstElementChild?.dataset.id);
const idOf = (row) => Number(row.firstElementChild.dataset.id);

/** Write the day between messages of different days. */
export function separate() {
  for (const line of list.querySelectorAll(".day")) line.remove();
  let day = "";
  for (const row of rows()) {
    const next = row.firstElementChild.dataset.day;
    if (next !== day) list.insertBefore(element("li", next, { class: "day" }), row);
    day = next;
  }
}

export const toEnd = () => scrollTo(0, document.documentElement.scrollHeight);

/** Scroll as little as needed; of a message that is taller than the room for it, the beginning counts. */
export function bringIntoSight(message) {
  const room = innerHeight - 220;
  message.scrollIntoView({ block: message.offsetHeight > room ? "start" : "nearest" });
}

function isAtEnd() {
  const page = document.documentElement;
  return page.scrollHeight - page.clientHeight - page.scrollTop < 160;
}

/** Let a screen reader say new messages, those that come together in one breath. */
function announce(sentences) {
  if (!sentences.length) return;
  if (!spoken.length) setTimeout(() => { by("announcer").textContent = spoken.join(" "); spoken = []; }, 120);
  spoken.push(...sentences);
}

/** Fetch the messages before the first one on request. */
export function offerEarlier() {
  const button = by("earlier");
  button.addEventListener("click", async () => {
    const response = await fetch(`${state.base}/earlier?before=${idOf(rows()[0])}`).catch(() => null);
    if (!response?.ok) return;
    const { messages, has_more: hasMore } = await response.json();
    prepend(messages);
    button.hidden = !hasMore;
  });
}
