// Starts the page and passes each answer and each piece of news to where it belongs.
import { by, state } from "./state.js";
import { compose } from "./composer.js";
import { openForm, serveForms } from "./forms.js";
import { listen } from "./live.js";
import { bringIntoSight, offerEarlier, separate, toEnd, upsert } from "./messages.js";
import { note, watch } from "./unread.js";
import { resume } from "./post.js";
import { serveClock, setClock } from "./clock.js";
import { serveDialogs } from "./dialogs.js";
import { serveMenu } from "./menu.js";
import { servePresses } from "./presses.js";
import { serveWelcome } from "./welcome.js";
import { tell } from "./notice.js";

/** Show what came of an interaction; `message` is the one whose button began it. */
function take(answer, message = null) {
  tell(answer.error ?? "");
  for (const item of answer.messages ?? []) note(item);
  const fresh = upsert(answer.messages ?? []);
  if (answer.dialog) openForm(answer.dialog, message);
  else if (fresh.length) bringIntoSight(by(`m${(fresh.find((item) => !item.is_own) ?? fresh[0]).id}`));
}

serveClock();
serveDialogs();
serveForms(take);
serveMenu();
servePresses(take);
serveWelcome();
offerEarlier();
separate();
if (by("welcome").hidden) toEnd();
compose(take);
watch();
resume((answer) => take({ ...answer, dialog: null }));
listen({
  news: (item) => { upsert([item]); note(item); },
  clock: setClock,
  reset: () => location.reload(),
});
if (state.fill) {
  history.replaceState(null, "", location.pathname);
  by("say").focus();
}
document.documentElement.dataset.ready = "yes";
