// The pain rule as the player needs it at once, also with no server: the same limits and the same sentences. Pure.

export const WORDS = [
  "No pain", "Hardly any", "Mild", "Noticeable", "Moderate", "Uncomfortable",
  "Strong", "Very strong", "Severe", "Very severe", "Worst imaginable",
];

export const SAYS = {
  green: "Fine up to 2. Go on, calmly.",
  amber: "3 to 5 is allowed if it settles. Make it smaller or easier; stopping is fine too.",
  red: "Good that you said so. Stop this one now; the rest only if it does not hurt.",
};

/**
 * Green up to 2, amber from 3 to 5, red from 6; in cautious mode everything above 2 is red.
 * @param {number} nprs 0 to 10
 * @param {boolean} cautious
 * @returns {"green"|"amber"|"red"}
 */
export function colourOf(nprs, cautious = false) {
  if (nprs <= 2) return "green";
  return nprs <= 5 && !cautious ? "amber" : "red";
}
