/**
 * Keeps the experiment in the address bar, so that copying it copies the lab: `#x=` and the text that the server makes of
 * recipe and step. The page never reads that text; it only carries it.
 */

import { tab } from "../storage.js";

const PREFIX = "#x=";

/** Browsers allow about a hundred changes of the address in half a minute. */
const PACE = 1500;

/**
 * @param {string} hash `location.hash`
 * @returns {string | null} The link in it; null if there is none (empty, or an anchor of the article).
 */
export function linkIn(hash) {
  return hash.startsWith(PREFIX) ? hash.slice(PREFIX.length) : null;
}

/**
 * The session this tab was in when its address was this one: reloading comes back to it instead of replaying.
 * @param {string} hash
 * @returns {string | null}
 */
export function storedSession(hash) {
  return tab.getItem("hash") === hash ? tab.getItem("session") : null;
}

/**
 * @param {any} store
 * @param {() => Promise<string | null>} link Asks the server for the link of this moment.
 * @returns {{ flush: () => Promise<void> }} `flush` brings the address up to this moment.
 */
export function keepAddress(store, link) {
  let timer = 0;

  const write = async () => {
    clearTimeout(timer);
    timer = 0;
    const { session } = store.state;
    if (!session) return;
    const text = await link();
    if (text !== null) history.replaceState(null, "", PREFIX + text);
    tab.setItem("hash", location.hash);
    tab.setItem("session", session);
  };
  store.watch(["recipe", "step", "session"], () => {
    timer ||= window.setTimeout(write, PACE);
  });
  return { flush: write };
}
