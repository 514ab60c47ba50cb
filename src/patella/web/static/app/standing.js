// Standings in which there is no plan until somebody was seen or has said yes, with what is said above them.
export const EXITS = { emergency: "Stop. Get help now.", same_day: "Have it seen today.", soon: "See someone first.",
  clinician_first: "Ask first." };

/** @param {string} standing */
export const isExit = (standing) => standing in EXITS;
