// Who answers; without a server: web/site/pages/transport.js.
export const FAR = location.protocol === "https:"; // a phone at the door of a computer
let many; // who reads this can start nothing
try { many = localStorage.patella_account; } catch {}
export const START = many ? "No answer from the server" : FAR ? "Your computer is not answering. Wake it, or start Patella there again" : "Patella is not answering. Start it again in the terminal with “patella”";
export const GONE = `${START}; nothing you did is lost.`;
export const ask = (address, wanted) => fetch(address, wanted);
export const current = () => location.pathname + location.search;
export const placed = (to) => to;
export const reopen = (to) => location.assign(to);
