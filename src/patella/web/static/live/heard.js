// What the coach on the line says of each frame, and what follows from it in the player.
import { steady } from "/static/app/clock.js";
import { secondsOf } from "/static/live/player.js";
import { saidOf } from "/static/live/sights.js";
import { countSeen, letRun, setLeft, speak } from "/static/live/watched.js";

const SPOKEN_MS = 2500;

/** @typedef {import("./coach.js").Coach} Coach */

/** @type {Object<string, (coach: Coach, event: any) => void>} */
export const HEARS = {
  sight(coach, { code }) {
    // a word beside the count, which goes on
    if (code === "camera-moves" || code === "far-leg") return void (coach.run.notice = saidOf(code));
    coach.sight = code;
    if (code === "ready") coach.ready_at ||= steady();
    else if (code !== "stand-still" && code !== "take-position") coach.ready_at = 0;
  },
  rep(coach, { range_deg, up_s, down_s, faults, judged }) {
    const { run, seen } = coach;
    if (run.step?.kind !== "reps" || run.state.paused || run.asking || !seen) return;
    seen.counted = true;
    seen.blind ||= judged === false;
    seen.reps.push({ range_deg, up_s, down_s, faults });
    coach.rep_at = steady();
    countSeen(run);
    if (steady() - coach.said_at > SPOKEN_MS) run.sound.say(String(run.state.reps));
  },
  hold(coach, { seconds, running }) {
    const { run, seen } = coach;
    coach.holding = running;
    // told anew, it began later or ended sooner: that much less of it lay before this step
    coach.base = Math.max(0, coach.base - Math.max(0, coach.held_s - seconds));
    coach.held_s = seconds;
    if (run.step?.kind !== "hold" || run.state.paused || run.asking || coach.letGo) return;
    if (running && seen) seen.counted = true;
    const whole = secondsOf(run.step);
    if (whole !== null) setLeft(run, Math.max(0, whole - (seconds - coach.base)) * 1000);
    letRun(run, running);
  },
  "hold-ended"(coach, { seconds, faults }) {
    coach.holding = false;
    coach.held_s = 0;
    coach.base = 0;
    if (coach.seen?.counted) coach.seen.holds.push({ seconds, faults });
  },
  cue(coach, { code }) {
    const words = coach.task?.cues?.[code];
    const working = coach.run.step?.kind === "reps" || coach.run.step?.kind === "hold";
    if (!words || !working || coach.run.state.paused || coach.run.asking) return;
    coach.said_at = steady();
    speak(coach.run, words);
  },
  measure(coach, { measure, value }) {
    coach.measure = { measure, value };
  },
};
