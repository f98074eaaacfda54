/** One object of state and who wants to know when which part of it changes. Data flows one way: actions set, views watch. */

/**
 * @template {object} S
 * @typedef {object} Store
 * @property {Readonly<S>} state
 * @property {(patch: Partial<S>) => void} set Replaces the given keys and tells their watchers, each once.
 * @property {(keys: (keyof S)[], watcher: (state: Readonly<S>) => void) => () => void} watch
 *   Calls `watcher` now and whenever one of `keys` changes; returns what ends it.
 */

/**
 * @template {object} S
 * @param {S} initial
 * @returns {Store<S>}
 */
export function createStore(initial) {
  const state = { ...initial };
  /** @type {Map<keyof S, Set<(state: Readonly<S>) => void>>} */
  const watchers = new Map();

  return {
    state,
    set(patch) {
      const told = new Set();
      for (const key of /** @type {(keyof S)[]} */ (Object.keys(patch))) {
        if (Object.is(state[key], patch[key])) continue;
        state[key] = /** @type {S[keyof S]} */ (patch[key]);
        for (const watcher of watchers.get(key) ?? []) told.add(watcher);
      }
      for (const watcher of told) watcher(state);
    },
    watch(keys, watcher) {
      for (const key of keys) {
        const set = watchers.get(key) ?? new Set();
        set.add(watcher);
        watchers.set(key, set);
      }
      watcher(state);
      return () => keys.forEach((key) => watchers.get(key)?.delete(watcher));
    },
  };
}
