// Whether everything is on disk: shown in a word wherever something is entered.
import { outbox } from "/static/live/outbox.js";
import { waitingWords } from "/static/app/words.js";
import { html, useEffect, useState } from "/static/ui/html.js";
import { Icon } from "/static/ui/parts.js";

/** The outbox's status, followed. */
export function useOutbox() {
  const [, turn] = useState(0);
  useEffect(() => outbox.listen(() => turn((n) => n + 1)), []);
  return outbox.status;
}

export function Saved() {
  const { waiting, trouble } = useOutbox();
  const late = waiting > 0 && trouble !== null;
  const words = waiting === 0 ? "Saved" : late ? waitingWords(waiting) : "Saving";
  return html`<span class=${late ? "saved late" : "saved"} data-testid="saved" data-waiting=${waiting}><${Icon} of=${waiting ? "wait" : "check"} size=${18} />${words}</span>`;
}

/** What stands in the way of saving, as a sentence. */
export function Trouble() {
  const { trouble, refused, waiting } = useOutbox();
  const text = refused ?? (waiting > 0 ? trouble : null);
  if (!text) return null;
  return html`<p class="problem" role="status">${text} ${refused ? html`<button class="plain" onClick=${() => outbox.hush()}>Understood</button>` : "Keep going: it is kept here and saved as soon as it can be."}</p>`;
}
