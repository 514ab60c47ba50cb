// A session is played in one tab at a time; another may take it over, and this one then says so.

/**
 * Take a session for this tab. `lost` is called when another tab takes it.
 * @param {string} id @param {boolean} steal take it even if another tab has it
 * @param {() => void} lost
 * @returns {Promise<{mine: boolean, release: () => void}>}
 */
export function claim(id, steal, lost) {
  const free = { mine: true, release: () => undefined };
  if (!navigator.locks) return Promise.resolve(free);
  return new Promise((resolve) => {
    const how = steal ? { steal: true } : { ifAvailable: true };
    navigator.locks.request(`patella ${id}`, how, (lock) => {
      if (!lock) return resolve({ mine: false, release: () => undefined });
      return new Promise((release) => resolve({ mine: true, release: () => release(undefined) }));
    }).catch(lost);
  });
}
