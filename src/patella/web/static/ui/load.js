// What every view shares: doing what may fail, and what stands there meanwhile.
import { dark, isDark, onSettings, settings, still } from "/static/app/settings.js";
import { ApiError } from "/static/app/server.js";
import { html, useCallback, useEffect, useState } from "/static/ui/html.js";

/** @param {any} error @returns {ApiError} */
export function asError(error) {
  if (error instanceof ApiError) return error;
  console.error(error);
  return new ApiError("Something went wrong on this page. Reload it; what you did is kept.");
}

/** Doing what may fail: whether it is being done, and what failed. */
export function useTry() {
  const [state, set] = useState(/** @type {{busy: boolean, error: string|null}} */ ({ busy: false, error: null }));
  const attempt = useCallback(async (act) => {
    set({ busy: true, error: null });
    try {
      const result = await act();
      set({ busy: false, error: null });
      return result ?? true;
    } catch (error) {
      set({ busy: false, error: asError(error).sentence });
      return null;
    }
  }, []);
  return { ...state, attempt };
}

/** @param {(listener: () => void) => any} listen */
function useTurn(listen) {
  const [, turn] = useState(0);
  useEffect(() => listen(() => turn((n) => n + 1)), []);
}

/** The settings, followed. */
export function useSettings() {
  useTurn(onSettings);
  return settings();
}

/** Whether the page is dark, followed. */
export function useDark() {
  useTurn(onSettings);
  useTurn((turn) => {
    dark.addEventListener("change", turn);
    return () => dark.removeEventListener("change", turn);
  });
  return isDark();
}

/** Whether the person asked for less motion, followed. */
export function useStill() {
  useTurn((turn) => {
    still.addEventListener("change", turn);
    return () => still.removeEventListener("change", turn);
  });
  return still.matches;
}

/**
 * What stands in a view while there is nothing to show, or why there is nothing.
 * @param {{error: ApiError|null, again: () => void}} props
 */
export function Waiting({ error, again }) {
  if (!error) return html`<div class="waiting" role="status"><span class="dot beat"></span><span class="hidden">One moment.</span></div>`;
  return html`<section class="trouble" role="alert">
    <h1 tabindex="-1">${error.gone ? "Patella is not answering" : "That did not work"}</h1>
    <p class="lead">${error.sentence}</p>
    <button class="main" onClick=${again}>Try again</button>
  </section>`;
}

/** @param {{text: string|null|undefined}} props */
export const Problem = ({ text }) => (text ? html`<p class="problem" role="alert">${text}</p>` : null);
