/** Says when the server is away, and that the page is on it. */

/**
 * @param {object} context
 * @param {HTMLElement} context.root
 * @param {HTMLElement} context.lab
 * @param {any} context.store
 */
export function createConnectionBanner({ root, lab, store }) {
  store.watch(["connection", "t"], (/** @type {any} */ { connection, t }) => {
    lab.dataset.connection = connection;
    root.dataset.state = connection;
    root.hidden = connection === "open";
    root.textContent = connection === "open" ? "" : t(`connection.${connection}`);
  });
}
