// "Ready", said instead of tapped: offered where this device can hear by itself, and nowhere shown where it cannot.
import { changeSettings, settings } from "/static/app/settings.js";
import { Ear } from "/static/live/hearing.js";
import { mayListen } from "/static/live/recogniser.js";
import { html, useEffect, useState } from "/static/ui/html.js";

const LOOKS_MS = 250;

/** @typedef {import("../live/run.js").Run} Run */

/**
 * The setting, and the page anew: only then does the server give it the microphone, or take it back.
 * @param {boolean} listens
 */
export async function listen(listens) {
  await changeSettings({ listens });
  location.reload();
}

/** @param {{run: Run, lang: string}} props `lang`: what this device can hear */
export function Hear({ run, lang }) {
  const [deaf, setDeaf] = useState(false);
  const [open, setOpen] = useState(false);
  const on = settings().listens && mayListen();
  useEffect(() => {
    if (!on || deaf) return undefined;
    const ear = new Ear(lang, () => { if (isOurs(run)) run.onward(true); }, () => setDeaf(true));
    const look = () => { // Patella's own voice says "ready" too
      if (isOurs(run) && !speaks()) ear.open();
      else ear.close();
      setOpen(ear.one !== null);
    };
    const timer = setInterval(look, LOOKS_MS);
    return () => { clearInterval(timer); ear.close(); };
  }, [on, lang, deaf, run]);
  if (!on) return html`<p class="listens">
    <button class="plain" data-testid="say-ready"
      onClick=${() => listen(true).catch(() => undefined)}>Say “ready” instead of tapping</button></p>`;
  return html`<p class="listens" data-testid="listening" data-open=${open}>
    ${deaf ? "The microphone hears nothing here. Allow it beside the address, or tap."
      : "Or say “ready”. Only this device hears it."}
    <button class="plain" data-testid="stop-listening"
      onClick=${() => listen(false).catch(() => undefined)}>Don’t listen</button></p>`;
}

/** @param {Run} run */
const isOurs = ({ step, state, asking }) => step?.kind === "ready" && !state.paused && !asking;

const speaks = () => "speechSynthesis" in globalThis && (speechSynthesis.speaking || speechSynthesis.pending);
