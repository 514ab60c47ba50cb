// What the pages of people ask of the server, and what they keep of it: nothing but whose browser this was last.
import { keepAccount, lastAccount } from "/static/app/account.js";
import { forget } from "/static/app/forget.js";
import { ask, at } from "/static/app/server.js";

export const folk = {
  me: () => ask("GET", "/people/me"),
  signIn: (handle, password) => ask("POST", "/people/sign-in", { handle, password }),
  beginPasskey: () => ask("POST", "/people/sign-in/passkey/begin", {}),
  signInByPasskey: (credential) => ask("POST", "/people/sign-in/passkey", { credential }),
  signOut: () => ask("POST", "/people/sign-out", {}),
  invitation: (key) => ask("POST", "/people/invitation", { key }),
  accept: (said) => ask("POST", "/people/invitation/accept", said),
  beginJoining: (said) => ask("POST", "/people/invitation/passkey/begin", said),
  joinByPasskey: (said) => ask("POST", "/people/invitation/passkey", said),
  rename: (name) => ask("POST", "/people/me/name", { name }),
  beginConfirming: () => ask("POST", "/people/me/confirm", {}),
  changePassword: (confirmed, now) => ask("POST", "/people/me/password", { ...confirmed, new: now }),
  beginAdding: (confirmed) => ask("POST", "/people/me/passkeys/begin", confirmed),
  addPasskey: (credential, name) => ask("POST", "/people/me/passkeys", { credential, name }),
  forgetPasskey: (id) => ask("POST", `/people/me/passkeys/${at(id)}/forget`, {}),
  endVisit: (id) => ask("POST", `/people/me/visits/${at(id)}/end`, {}),
  endOthers: () => ask("POST", "/people/me/visits/end-others", {}),
  close: (confirmed) => ask("POST", "/people/me/close", confirmed),
  sharing: (before) => ask("GET", `/people/sharing${before ? `?before=${before}` : ""}`),
  share: (physiotherapist, what) => ask("POST", "/people/sharing", { physiotherapist, what }),
  people: () => ask("GET", "/people/accounts"),
  invite: (said) => ask("POST", "/people/invitations", said),
  withdraw: (id) => ask("POST", `/people/invitations/${at(id)}/withdraw`, {}),
  invitedRunners: () => ask("GET", "/people/runners/invitations"),
  inviteRunner: (name) => ask("POST", "/people/runners/invitations", { name }),
  withdrawRunner: (id) => ask("POST", `/people/runners/invitations/${at(id)}/withdraw`, {}),
  act: (id, what, said = {}) => ask("POST", `/people/accounts/${at(id)}/${what}`, said),
};

/**
 * Go on as somebody who has just come in. What this browser still keeps of somebody else's diary goes first: it must
 * never be sent into this one.
 * @param {{account: {id: number}, home: string}} come
 * @param {string} [to]
 */
export async function goOn(come, to = come.home) {
  const mine = String(come.account.id);
  if (lastAccount() !== mine) await forget();
  keepAccount(mine);
  location.assign(to);
}

/** A day and an hour, as they are told. */
export const MOMENT = new Intl.DateTimeFormat("en-GB",
  { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
export const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const THEN = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
/** With its year where that is another one: then the hour says nothing. @param {string} text */
export const when = (text) =>
  (new Date(text).getFullYear() === new Date().getFullYear() ? MOMENT : THEN).format(new Date(text));
