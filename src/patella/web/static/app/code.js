// The page that asks for the code: says it to the server, and goes on to where somebody wanted to go.
import { ask, START } from "/static/app/transport.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("code"));
const digits = /** @type {HTMLInputElement} */ (document.getElementById("digits"));
const called = /** @type {HTMLInputElement} */ (document.getElementById("name"));
const said = /** @type {HTMLElement} */ (document.getElementById("said"));
const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));

/** @param {string} sentence */
function refuse(sentence) {
  said.textContent = sentence;
  digits.setAttribute("aria-invalid", "true");
  digits.focus();
  digits.select();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (button.disabled) return;
  button.disabled = true;
  said.textContent = "";
  const body = JSON.stringify({ code: digits.value, name: called.value.trim() || null });
  try {
    const answer = await ask("/in/code", { method: "POST", headers: { "Content-Type": "application/json" }, body });
    if (answer.ok) return void location.reload();
    refuse((await answer.json()).error.sentence);
  } catch {
    refuse(`${START}; the code was not used.`);
  }
  button.disabled = false;
});
