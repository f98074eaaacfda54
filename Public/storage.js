/** What this browser keeps for the page. Where it keeps nothing (cookies blocked), the page itself does until it is left. */

/**
 * @typedef {object} Storage
 * @property {(name: string) => string | null} getItem
 * @property {(name: string, value: string) => void} setItem
 */

/**
 * @param {() => Storage} browser Throws where storage is forbidden.
 * @returns {Storage}
 */
export function storageOr(browser) {
  try {
    const storage = browser();
    storage.getItem(""); // Some browsers refuse only now.
    return { getItem: (name) => storage.getItem(name), setItem: (name, value) => keep(storage, name, value) };
  } catch {
    /** @type {Map<string, string>} */
    const kept = new Map();
    return {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => {
        kept.set(name, value);
      },
    };
  }
}

/** @param {Storage} storage @param {string} name @param {string} value */
function keep(storage, name, value) {
  try {
    storage.setItem(name, value);
  } catch {
    console.warn(`“${name}” is not kept: this browser's storage is full.`);
  }
}

/** For all tabs, and for the next visit. */
export const local = storageOr(() => localStorage);
/** For this tab, also after it is loaded again. */
export const tab = storageOr(() => sessionStorage);
