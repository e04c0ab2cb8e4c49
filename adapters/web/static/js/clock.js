// The clock: shows what time it is for this member and for the others, and moves it.
import { by, element, say, state } from "./state.js";
import { send } from "./post.js";
import { toEnd } from "./messages.js";

let { offset, zone } = state.clock;

const isNarrow = matchMedia("(max-width: 30rem)");

const now = () => new Date(Date.now() + offset);

function parts(inZone, options) {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: inZone, hourCycle: "h23", ...options });
  return Object.fromEntries(format.formatToParts(now()).map(({ type, value }) => [type, value]));
}

/** Return `Tuesday 8 December` and `9:00`, as messages say it; with "short", `Tue 8 Dec`. */
function inWords(length = "long") {
  const p = parts(zone, { weekday: length, day: "numeric", month: length, hour: "numeric", minute: "2-digit" });
  return { day: `${p.weekday} ${p.day} ${p.month}`, hour: `${Number(p.hour)}:${p.minute}` };
}

function show() {
  const { day, hour } = inWords(isNarrow.matches ? "short" : "long");  // the whole day would cut the room's name
  if (by("now").textContent !== `${day} ${hour}`) {
    by("now").replaceChildren(element("span", `${day} `, { class: "clock-day" }), element("span", hour, { class: "clock-hour" }));
  }
  for (const place of document.querySelectorAll(".local")) {
    const p = parts(place.dataset.zone, { weekday: "short", hour: "numeric", minute: "2-digit" });
    place.textContent = `${p.weekday} ${Number(p.hour)}:${p.minute}`;
  }
}

/** Take over what the server says about the time. A zone that changed makes the page load again, times and all. */
export function setClock(face) {
  if (face.zone !== zone) return location.reload();
  const jumped = Math.abs(face.offset - offset) > 30_000;
  offset = face.offset;
  show();
  if (jumped) by("announcer").textContent = say("moved", { time: `${inWords().day}, ${inWords().hour}` });
}

/** Let time pass to `to`. What is due by then arrives at the end of the messages, where the dialog leaves the reader. */
export async function move(to) {
  const { error = "" } = await send(`${state.base}/clock`, { to });
  by("clock-error").textContent = error;
  if (error || !by("clock").open) return;
  by("clock").close();
  toEnd();
}

export function serveClock() {
  show();
  setInterval(show, 1_000);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (button) move(button.dataset.move);
  });
  by("clock-form").addEventListener("submit", (event) => { event.preventDefault(); move(by("clock-to").value); });
  document.querySelector("[data-open=clock]").addEventListener("click", suggestTime);
}

/** Begin the field with the present local time, which is also the earliest. */
function suggestTime() {
  const p = parts(zone, { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });
  const local = `${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}`;
  by("clock-error").textContent = "";
  Object.assign(by("clock-to"), { min: local, value: local });
}
