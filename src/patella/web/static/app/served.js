// Whether there is a server (a terminal to start it in, browsers that it knows, programs beside it), and a line to it.
import { lastAccount } from "/static/app/account.js";
import { FAR, START } from "/static/app/transport.js";

export const SERVED = true;
// where the diary is
export const HOME = lastAccount() ? "the server you signed in to" : FAR ? "your computer" : "this machine";
export const GOES_ON = `${START}; this page goes on by itself.`;
export const openLine = (address) => new WebSocket(location.origin.replace("http", "ws") + address);
/** The model that looks first; a slow machine takes the lighter one by itself. */
export const FINDER = "full";
/** Whether a page has to do with little memory. */
export const LEAN = false;
