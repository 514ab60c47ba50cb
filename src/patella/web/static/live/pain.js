// The pain rule as the player needs it at once, also with no server: the same limits and the same sentences. Pure.

export const WORDS = [
  "No pain", "Hardly any", "Mild", "Noticeable", "Moderate", "Uncomfortable",
  "Strong", "Very strong", "Severe", "Very severe", "Worst imaginable",
];

const GREEN_MAX = 2, AMBER_MAX = 5;

/** The pains of a colour in words. @param {"green"|"amber"|"red"} colour @param {boolean} cautious */
export function spanOf(colour, cautious = false) {
  if (colour === "green") return `0 to ${GREEN_MAX}`;
  return colour === "amber" ? `${GREEN_MAX + 1} to ${AMBER_MAX}` : `${(cautious ? GREEN_MAX : AMBER_MAX) + 1} or more`;
}

export const SAYS = {
  green: `Fine up to ${GREEN_MAX}. Go on, calmly.`,
  amber: `${spanOf("amber")} is allowed if it settles. Make it smaller or easier; stopping is fine too.`,
  red: "Thanks for telling us. Stop this one now; the rest only if it does not hurt.",
};

/**
 * Green up to 2, amber from 3 to 5, red from 6; in cautious mode everything above 2 is red.
 * @param {number} nprs 0 to 10
 * @param {boolean} cautious
 * @returns {"green"|"amber"|"red"}
 */
export function colourOf(nprs, cautious = false) {
  if (nprs <= GREEN_MAX) return "green";
  return nprs <= AMBER_MAX && !cautious ? "amber" : "red";
}
