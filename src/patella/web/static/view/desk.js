// At the desk: a reminder to stand up at one's own interval, and hours of sitting from a program on the same machine.
import { api } from "/static/app/api.js";
import { HOME, SERVED } from "/static/app/served.js";
import { plural } from "/static/app/words.js";
import { html, useState } from "/static/ui/html.js";
import { Problem, useTry } from "/static/ui/load.js";
import { Stepper, Switch } from "/static/ui/fields.js";

const USUAL_MIN = 20;

/** @param {{profile: any, set: (values: Object<string, any>) => void}} props */
export function Desk({ profile, set }) {
  const { busy, error, attempt } = useTry();
  const [said, say] = useState("");
  const read = () =>
    attempt(async () => { const { days } = await api.readSitting(); say(`${plural(days, "day")} read.`); });
  const remind = (/** @type {boolean} */ on) => {
    set({ break_min: on ? USUAL_MIN : 0 });
    if (on && "Notification" in window) Notification.requestPermission().catch(() => undefined);
  };
  return html`<section><h2>At the desk</h2>
    <${Switch} label="Remind me to stand up"
      note="While Patella is open in a tab. Many sore knees ask for a change after 15 to 20 minutes; a minute on your feet is enough."
      on=${profile.break_min > 0} onChange=${remind} />
    ${profile.break_min > 0
      && html`<div class="row spaced"><span>Every</span>
        <${Stepper} label="Minutes between breaks" value=${profile.break_min} unit="min" least=${5} most=${90} step=${5}
          onChange=${(break_min) => set({ break_min })} /></div>`}
    ${SERVED
      && html`<${Switch} label="Hours of sitting from ActivityWatch"
        note=${`If that program runs on ${HOME}: only the hours of a day are taken, and nothing is sent anywhere.`}
        on=${profile.activity_watch} onChange=${(activity_watch) => set({ activity_watch })} />`}
    ${SERVED && profile.activity_watch
      && html`<div class="row"><button class="second" disabled=${busy} onClick=${read}>Read the last two weeks</button>
        <span class="small" role="status">${said}</span></div>`}
    <${Problem} text=${error} /></section>`;
}
