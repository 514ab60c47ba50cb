// A word when it is time to stand up: on the page, and as a notification if the person allowed one.
import { html, useEffect, useState } from "/static/ui/html.js";
import { announce } from "/static/ui/live.js";
import { useSettings } from "/static/ui/load.js";

const LOOK_MS = 5000;
const WORDS = "Time to stand up for a minute. Straighten the knees, walk to the window, sit down with the feet further forward.";

let last_ms = Date.now();

export function Breaks() {
  const { break_min: every } = useSettings();
  const [due, setDue] = useState(false);
  useEffect(() => {
    if (!every) return undefined;
    last_ms = Date.now();
    const timer = setInterval(() => {
      if (Date.now() - last_ms < every * 60_000) return;
      last_ms = Date.now();
      setDue(true);
      announce(WORDS);
      if (document.hidden && "Notification" in window
        && Notification.permission === "granted") new Notification("Patella",
        { body: WORDS, tag: "break" });
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [every]);
  if (!due || !every) return null;
  const stood = () => { last_ms = Date.now(); setDue(false); };
  return html`<p class="notice break">${WORDS} <button class="plain" onClick=${stood}>Done</button></p>`;
}
