// Forms as dialogs: opens what the server drew, sends what was typed, and keeps it until it was understood.
import { by, say, state } from "./state.js";
import { suggestions } from "./combobox.js";
import { send } from "./post.js";

const dialog = by("form");
const holder = by("form-holder");
let pressed = null;
let isSending = false;

/** Show the form `html`; `message` is the one whose button led here, if one did. */
export function openForm(html, message = null) {
  pressed = message;
  holder.innerHTML = html; // the server escapes every typed word
  holder.querySelectorAll("[role=combobox]").forEach(lookUp);
  holder.querySelectorAll("[data-limit]").forEach(count);
  if (!dialog.open) dialog.showModal();
  (holder.querySelector(".summary") ?? firstField() ?? holder.querySelector("h2")).focus();
  dialog.scrollTo(0, 0);
}

const firstField = () => holder.querySelector(".field input:not([hidden]), .field textarea, .field select");

/** Start listening; `take` gets each answer and the message that it belongs to. */
export function serveForms(take) {
  holder.addEventListener("submit", (event) => { event.preventDefault(); submit(event.target, take); });
  holder.addEventListener("click", jump);
}

async function submit(form, take) {
  if (isSending) return;
  isSending = true;
  form.setAttribute("aria-busy", "true");
  const body = { path: form.dataset.path, values: { ...JSON.parse(form.dataset.known), ...typedIn(form) }, message: pressed };
  const answer = await send(`${state.base}/submit`, body);
  isSending = false;
  form.removeAttribute("aria-busy");
  if (answer.dialog) return openForm(answer.dialog, pressed);
  if (!answer.error) dialog.close();
  take(answer, pressed);
}

/** Return what stands in every field, by name. */
function typedIn(form) {
  const fields = [...form.querySelectorAll(".field")];
  return Object.fromEntries(fields.map((field) => [field.dataset.name, valueOf(field)]));
}

function valueOf(field) {
  const boxes = [...field.querySelectorAll("fieldset input")];
  const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
  if (boxes.length) return boxes[0].type === "checkbox" ? chosen : chosen[0] ?? "";
  const control = field.querySelector("input, textarea, select");
  return control.type === "checkbox" && !control.checked ? "" : control.value;
}

function jump(event) {
  const link = event.target.closest(".summary a");
  if (!link) return;
  event.preventDefault();
  by(link.hash.slice(1))?.focus();
}

/** Say how much room is left once it gets scarce. Nothing is cut: what is too long, the bot answers. */
function count(control) {
  const line = by(`${control.id}-count`);
  const limit = Number(control.dataset.limit);
  const update = () => {
    const left = limit - [...control.value].length;
    line.hidden = left > limit * 0.2 && left >= 0;
    line.classList.toggle("over", left < 0);
    line.textContent = line.hidden ? "" : say(left < 0 ? "over" : "left", { n: Math.abs(left) });
  };
  control.addEventListener("input", update);
  if (!control.hasAttribute("aria-invalid")) update(); // beside an error it would say the same twice
}

function lookUp(control) {
  const path = control.form.dataset.path;
  suggestions(control, by(`${control.id}-list`), {
    find: (typed) => found(path, control.name, typed),
    take: (option) => { control.value = option.value; },
  });
}

async function found(path, name, typed) {
  const query = new URLSearchParams({ path, name, typed });
  const response = await fetch(`${state.base}/suggest?${query}`).catch(() => null);
  const options = response?.ok ? await response.json() : [];
  return options.map(({ value, label, hint }) => ({ value, title: label, note: hint }));
}
