// Whether this browser signed in to a shared Patella, and as whom. The server alone decides who is in; this is for words.
const KEY = "patella_account";

/** The number of the account; empty where there is none. */
export const lastAccount = () => { try { return localStorage.getItem(KEY) ?? ""; } catch { return ""; } };
/** @param {string} id */
export const keepAccount = (id) => { try { localStorage.setItem(KEY, id); } catch { /* then it is forgotten */ } };
