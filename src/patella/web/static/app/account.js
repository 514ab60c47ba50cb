// Whether this browser signed in to a shared Patella: for words alone.
const KEY = "patella_account";

/** The number of the account; empty where there is none. */
export const lastAccount = () => { try { return localStorage.getItem(KEY) ?? ""; } catch { return ""; } };
/** @param {string} id */
export const keepAccount = (id) => { try { localStorage.setItem(KEY, id); } catch { /* then it is forgotten */ } };
