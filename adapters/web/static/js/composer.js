// The message field: slash-command suggestions, what can follow a command, sending, and drafts that outlive a switch.
import { by, element, keep, recall, say, state } from "./state.js";
import { suggestions } from "./combobox.js";
import { send } from "./post.js";

const DRAFT = `askwell:draft:${state.base}`;
const input = by("say");
const tidy = (text) => text.toLowerCase().replace(/\s+/g, " ").trimStart();
let offers = null;

/** Start the field; `take` gets each answer. */
export function compose(take) {
  offers = suggestions(input, by("suggestions"), { find: offered, take: (option) => fill(`${option.title} `), isEager });
  input.addEventListener("input", () => { keep(sessionStorage, DRAFT, input.value); showArguments(); });
  by("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(take); });
  input.value = state.fill || recall(sessionStorage, DRAFT, "");
  showArguments();
}

/** Put `text` into the field, ready to be sent. */
export function fill(text) {
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.focus();
}

async function submit(take) {
  const text = input.value;
  if (!text.trim()) return;
  set("");
  const answer = await send(`${state.base}/say`, { text });
  if (answer.error && !input.value) set(text);
  take(answer);
}

function set(text) {
  input.value = text;
  keep(sessionStorage, DRAFT, text);
  offers.close();
  showArguments();
}

/** Return the commands that `text` may be the beginning of, or that are about the words after /career. */
function offered(text) {
  const typed = tidy(text);
  if (!typed.startsWith("/") || commandOf(typed + "\n")) return [];
  const begins = state.commands.filter((command) => command.typed.startsWith(typed));
  const words = typed.replace(/^\/career\s?/, "");
  const about = words === typed || !words ? [] : state.commands.filter((command) =>
    !begins.includes(command) && `${command.typed} ${command.summary}`.toLowerCase().includes(words));
  return [...begins, ...about].map((command) => ({ title: command.typed, note: command.summary }));
}

/** Enter takes the first suggestion, unless a whole command stands there already. */
const isEager = (text) => !state.commands.some((command) => command.typed === tidy(text).trim());

/** Return the longest command that `typed` begins with and goes beyond. */
function commandOf(typed) {
  const fits = state.commands.filter((command) => typed.startsWith(`${command.typed} `));
  const longer = (command) => state.commands.some((other) => other !== command && other.typed.startsWith(typed.trim()));
  return fits.sort((a, b) => b.typed.length - a.typed.length).find((command) => !longer(command));
}

function showArguments() {
  const fields = commandOf(tidy(input.value))?.fields ?? [];
  const line = by("arguments");
  line.hidden = !fields.length;
  line.replaceChildren(...(fields.length ? [element("span", say("then"))] : []), ...fields.map(hint));
}

function hint({ label, needed }) {
  return element("span", `${label} (${say(needed ? "needed" : "optional")})`, { class: "argument" });
}
