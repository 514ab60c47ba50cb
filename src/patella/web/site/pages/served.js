// There is no server: no terminal, no other browser, no program beside it, and no paper.
export const SERVED = false;
export const HOME = "this device";
export const GOES_ON = "Patella has stopped in this page. Reload it; it goes on where you were.";
export { openLine } from "/static/app/transport.js";
/** The model that looks: a phone has a browser's Python to carry as well. */
export const FINDER = "lite";
/** Whether a page has to do with little memory. */
export const LEAN = true;
