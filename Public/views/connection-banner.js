/** Says when the server is away or no connection opens, why if it is known, and that the page is on it. */

/**
 * @param {object} context
 * @param {HTMLElement} context.root
 * @param {HTMLElement} context.lab
 * @param {any} context.store
 */
export function createConnectionBanner({ root, lab, store }) {
  store.watch(["connection", "trouble", "t"], (/** @type {any} */ { connection, trouble, t }) => {
    lab.dataset.connection = connection;
    root.dataset.state = connection;
    root.hidden = connection === "open";
    root.dataset.trouble = connection === "lost" ? (trouble?.kind ?? "") : "";
    root.textContent = connection === "open" ? "" : words(connection, trouble, t);
  });
}

/**
 * @param {string} connection
 * @param {import("../protocol/trouble.js").Trouble | null} trouble
 * @param {import("../i18n.js").Translate} t
 */
function words(connection, trouble, t) {
  if (connection !== "lost" || !trouble || trouble.kind === "away") return t(`connection.${connection}`);
  return t(`connection.${trouble.kind}`, { said: trouble.said });
}
