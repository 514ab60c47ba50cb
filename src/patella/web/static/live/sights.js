// What is said about the camera, and about how well the coach sees: always a plain sentence with a way on. Pure, but
// for the units.
import { inFeet } from "/static/app/units.js";

/** About the camera itself. @type {Object<string, {head: string, says: string, tries?: string}>} */
const LOOKS = {
  off: { head: "Camera off", says: "" },
  asking: { head: "One question from your browser",
    says: "Allow the camera, and I count for you. The picture stays on this page." },
  loading: { head: "One moment", says: "The coach is getting ready to look." },
  refused: { head: "The camera is not allowed",
    says: "Allow it for this page beside the address, then try again. Or count yourself; that works well.",
    tries: "Try again" },
  absent: { head: "No camera found", says: "Plug one in and it starts by itself. Or count yourself; that works well.",
    tries: "Try again" },
  taken: { head: "Another program has the camera",
    says: "Close the call or the program that uses it, then try again. Or count yourself.", tries: "Try again" },
  lost: { head: "The camera is gone",
    says: "Check its cable or its cover, then try again. What was counted stays; you can count on yourself.",
    tries: "Try again" },
  dark: { head: "Too dark to see", says: "Put on a light or open the curtain. The camera may also have a cover." },
  hidden: { head: "Waiting", says: "The camera looks only while this page is in front." },
  "no-model": { head: "The coach cannot look here",
    says: "This browser or this film cannot be used for it. Count yourself; that works well.", tries: "Try again" },
  "no-parts": { head: "The coach is not here yet",
    says: "It is fetched once, with a network; then try again. Or count yourself; that works well.",
    tries: "Try again" },
  ended: { head: "The film is over", says: "What was counted stays. Take another film, or the camera." },
};

const close = () =>
  ({ code: "line-up", ready: false, head: "Your knees into the frames",
    says: `Kneecaps above, shins below, legs bare, about ${inFeet() ? "three feet"
      : "a metre"} away. Then stand still for two seconds.` });

/** About the person in the picture, and where the camera goes: the library's own words, once they are here. */
let words = { codes: /** @type {Object<string, {title: string, says: string}>} */ ({}),
  places: /** @type {Object<string, string>} */ ({}) };

/** @param {typeof words} found */
export function learn(found) {
  words = found;
}

/**
 * What stands in the way of counting, or that nothing does.
 * @param {{looks: string, sight: string|null, gone: boolean, counts: string}} now
 * @returns {{code: string, ready: boolean, head: string, says: string, tries?: string}}
 */
export function sightOf({ looks, sight, gone, counts }) {
  if (looks !== "ready") return { code: looks, ready: false, ...(LOOKS[looks] ?? LOOKS["no-model"]) };
  if (counts === "mirror") return { code: "mirror", ready: true, head: "A mirror for you",
    says: "A camera cannot count this one. Follow the beat and count yourself." };
  if (counts === "nothing") return { code: "nothing", ready: true, head: "Not one for the camera",
    says: "You count here; the camera comes back with the next exercise." };
  if (counts === "kneecap" && sight !== "ready") return close();
  if (gone) return { code: "gone", ready: false, head: "The coach is not answering",
    says: "Count yourself meanwhile. It goes on by itself when Patella is there again." };
  const code = sight ?? "nobody";
  const { title = "One moment", says = "" } = words.codes[code] ?? {};
  return { code, ready: code === "ready", head: title, says };
}

/** What is said of a code, as one notice. @param {string} code */
export function saidOf(code) {
  const { title = "", says = "" } = words.codes[code] ?? {};
  return title && `${title}. ${says}`;
}

/**
 * Where the camera goes for an exercise, in a sentence.
 * @param {{view: string, position?: string}} camera
 */
export const placementOf = ({ view, position = "standing" }) => words.places[`${view}-${position}`] ?? "";
