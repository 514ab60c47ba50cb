// Walking and running in turns, by the clock: what it is time for follows from when it began, so that a page that was
// hidden, slowed down or loaded anew has lost nothing.

/** @typedef {{part: "walk"|"run"|"fast", seconds: number}} Segment */
/** @typedef {{stage: string, segments: Segment[], began: number, paused: number|null, away: number}} Outing moments and lengths in ms; `away` is the sum of all pauses */
/** @typedef {{index: number, left: number, share: number, gone: number, over: boolean}} Moment `left` ms of the segment, `share` of it that is done, `gone` ms of the whole */

/** @param {string} stage @param {Segment[]} segments @param {number} now @returns {Outing} */
export const setOut = (stage, segments, now) => ({ stage, segments, began: now, paused: null, away: 0 });

/** @param {Outing} outing @param {number} now @returns {Outing} */
export const pause = (outing, now) => (outing.paused === null ? { ...outing, paused: now } : outing);

/** @param {Outing} outing @param {number} now @returns {Outing} */
export const goOn = (outing, now) =>
  (outing.paused === null ? outing : { ...outing, away: outing.away + now - outing.paused, paused: null });

/** On to the next segment at once. @param {Outing} outing @param {number} now @returns {Outing} */
export function skip(outing, now) {
  const { left, over } = momentOf(outing, now);
  return over ? outing : { ...outing, began: outing.began - left };
}

/** What it is time for. @param {Outing} outing @param {number} now @returns {Moment} */
export function momentOf({ segments, began, paused, away }, now) {
  const gone = Math.max(0, (paused ?? now) - began - away);
  let start = 0;
  for (const [index, { seconds }] of segments.entries()) {
    const end = start + seconds * 1000;
    if (gone < end) return { index, left: end - gone, share: (gone - start) / (end - start), gone, over: false };
    start = end;
  }
  return { index: segments.length, left: 0, share: 1, gone: start, over: true };
}

/** What is heard when a segment begins. @param {Segment[]} segments @param {number} index */
export function spokenOf(segments, index) {
  const segment = segments[index];
  if (!segment) return "That is it. Well done.";
  const long = segment.seconds % 60 ? `${segment.seconds} seconds` : segment.seconds === 60 ? "one minute"
    : `${segment.seconds / 60} minutes`;
  const last = index === segments.length - 1 ? " The last one." : "";
  return { walk: `Walk, ${long}.`, run: `Run easily, ${long}.`,
    fast: `A little faster, ${long}.` }[segment.part] + last;
}
