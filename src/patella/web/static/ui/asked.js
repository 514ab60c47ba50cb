// Asking for something, and what came of it.
import { onReach } from "/static/app/server.js";
import { useCallback, useEffect, useState } from "/static/ui/html.js";
import { asError } from "/static/ui/load.js";

/** @typedef {import("../app/server.js").ApiError} ApiError */

/**
 * The answer to a question, asked again when `keys` change. `again` asks anew and keeps the old answer meanwhile.
 * @template T
 * @param {() => Promise<T>} ask @param {any[]} keys
 * @returns {{data: T|null, error: ApiError|null, again: () => void, set: (data: T) => void}}
 */
export function useLoad(ask, keys) {
  const [state, set] = useState(/** @type {any} */ ({ data: null, error: null }));
  const [turn, next] = useState(0);
  useEffect(() => {
    let wanted = true;
    ask().then(
      (data) => wanted && set({ data, error: null }),
      (error) => wanted && set((s) => ({ ...s, error: asError(error) })),
    );
    return () => { wanted = false; };
  }, [...keys, turn]);
  const again = useCallback(() => next((n) => n + 1), []);
  const away = Boolean(state.error?.gone || state.error?.status === 401);
  useEffect(() => (away ? onReach((here) => here && again()) : undefined), [away]);
  return { ...state, again, set: (data) => set({ data, error: null }) };
}
