/** Keeps the experiment in the address bar, so that copying it copies the lab. */

import { encodeLink } from "./link.js";

/** Browsers allow about a hundred changes of the address in half a minute. */
const PACE = 1500;

/**
 * The session this tab was in when its address was this one: reloading comes back to it instead of replaying.
 * @param {string} hash
 * @returns {string | null}
 */
export function storedSession(hash) {
  return sessionStorage.getItem("hash") === hash ? sessionStorage.getItem("session") : null;
}

/**
 * @param {any} store
 * @returns {{ flush: () => Promise<void> }} `flush` brings the address up to this moment.
 */
export function keepAddress(store) {
  let timer = 0;

  const write = async () => {
    clearTimeout(timer);
    timer = 0;
    const { recipe, step, session } = store.state;
    if (!recipe) return;
    const hash = await encodeLink({ recipe, step });
    history.replaceState(null, "", hash);
    sessionStorage.setItem("hash", hash);
    sessionStorage.setItem("session", session);
  };
  store.watch(["recipe", "step", "session"], () => { timer ||= window.setTimeout(write, PACE); });
  return { flush: write };
}
