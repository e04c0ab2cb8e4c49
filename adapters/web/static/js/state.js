// What the server told about this page, and the sentences that scripts say.
export const state = JSON.parse(document.getElementById("state").textContent);

/** Return the sentence `name` with each {hole} filled. */
export function say(name, values = {}) {
  return state.words[name].replace(/\{(\w+)\}/g, (hole, key) => (key in values ? String(values[key]) : hole));
}

/** Return the element with this id. */
export const by = (id) => document.getElementById(id);

/** Return a new element with plain text in it. */
export function element(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** Read and write small things that outlive the page. A browser that keeps nothing is fine too. */
export function recall(store, name, otherwise) {
  try {
    return JSON.parse(store.getItem(name)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function keep(store, name, value) {
  try {
    store.setItem(name, JSON.stringify(value));
  } catch {
    // Private windows may refuse; then it lasts as long as the page.
  }
}
