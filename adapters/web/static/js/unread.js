// Signs of what has not been read yet: beside rooms, beside people, and in the title of the page.
import { element, keep, recall, say, state } from "./state.js";

const STORE = "askwell:seen";
const links = [...document.querySelectorAll("a[data-room]")];
const title = document.title;
let count = 0;
let memory = fresh();

function fresh() {
  const kept = recall(localStorage, STORE, null);
  return kept?.era === state.era ? kept : { era: state.era, base: state.revision, seen: {} };
}

/** A direct room is one person's; what is read in a channel is remembered for each person. */
const nameOf = (room) => (room.includes("/dm:") ? room : `${state.who}@${room}`);

const isUnread = (room) => (state.latest[room] ?? 0) > (memory.seen[nameOf(room)] ?? memory.base);

/** Remember that this room was read to the end. */
export function markRead() {
  memory = fresh();
  memory.seen[nameOf(state.room)] = Math.max(state.latest[state.room] ?? 0, memory.seen[nameOf(state.room)] ?? 0);
  keep(localStorage, STORE, memory);
  count = 0;
  draw();
}

/** Take note of a new message somewhere. Nobody needs to be told of a mere change. */
export function note({ room, revision, is_edit: isEdit, is_own: isOwn }) {
  if (isEdit || isOwn) return;
  state.latest[room] = Math.max(state.latest[room] ?? 0, revision);
  const isMine = links.some((link) => link.dataset.room === room && !("person" in link.dataset));
  if (isMine && (document.hidden || room !== state.room)) count += 1;
  if (room === state.room && !document.hidden) markRead();
  else draw();
}

function draw() {
  for (const link of links) mark(link, isUnread(link.dataset.room) && !isHere(link));
  const dot = document.querySelector("#menu .dot");
  dot.hidden = !links.some((link) => link.querySelector(".badge"));
  document.title = count ? say("unread_title", { n: count, title }) : title;
}

const isHere = (link) => link.dataset.room === state.room;

function mark(link, isNew) {
  const badge = link.querySelector(".badge");
  if (isNew && !badge) link.append(element("span", say("unread"), { class: "badge" }));
  if (!isNew) badge?.remove();
}

/** Begin: what is on the screen is read, also when somebody comes back to this page. */
export function watch() {
  markRead();
  document.addEventListener("visibilitychange", () => document.hidden || markRead());
  addEventListener("storage", (event) => {
    if (event.key === STORE) { memory = fresh(); draw(); }
  });
}
