/** A sheet with every setting of a group. It covers the model and leaves the picture, so that an edit is seen at once. */

import { element, icon } from "../dom.js";
import { counts } from "../recipe/schema.js";
import { fieldControls } from "./field-control.js";

/** Groups of the schema that each "More" opens. @type {Record<string, string[]>} */
const groups = {
  game: ["loss", "penalty", "experiment"],
  noise: ["noise"],
  generator: ["generator"],
  discriminator: ["discriminator", "penalty"],
};

/**
 * @param {object} context
 * @param {HTMLElement} context.root
 * @param {any} context.store
 * @param {(path: string, value: any, gesture?: string) => Promise<any>} context.commit
 * @param {() => void} context.restore Sets everything but the target to its default.
 * @returns {{ open: (name: string) => void }}
 */
export function createSheet({ root, store, commit, restore }) {
  const title = element("h2", { id: "sheet-title" });
  const body = element("div", { class: "sheet-body" });
  const close = element(
    "button",
    { type: "button", id: "sheet-close", class: "icon-button", onclick: () => dialog.close() },
    icon("close"),
  );
  const defaults = element("button", { type: "button", id: "restore-defaults", class: "button", onclick: restore });
  const dialog = element(
    "dialog",
    { class: "sheet", id: "settings-sheet", "aria-labelledby": "sheet-title" },
    element("header", {}, title, defaults, close),
    body,
  );
  root.append(dialog);
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") dialog.close();
  });

  /** @type {{ field: import("../recipe/schema.js").Field, made: import("./field-control.js").Control[], rows: HTMLElement[] }[]} */
  let entries = [];
  let opener = /** @type {Element | null} */ (null);
  let shown = "";

  const build = () => {
    const { schema, words, t } = store.state;
    const context = { words, t, commit, current: (/** @type {string} */ path) => store.state.settings[path] };
    title.textContent = t(`settings.${shown}`);
    defaults.textContent = t("settings.restore");
    defaults.title = t("settings.restore.help");
    close.setAttribute("aria-label", t("notice.close"));
    entries = [];
    body.replaceChildren(
      ...groups[shown].map((group) => {
        const fields = schema.fields.filter((/** @type {any} */ field) => field.group === group);
        const rows = fields.flatMap((/** @type {any} */ field) => {
          const made = fieldControls(field, context, "sheet-");
          const rows = made.map((control) => withHelp(control, field, words, t));
          entries.push({ field, made, rows });
          return rows;
        });
        return element("section", {}, element("h3", {}, t(`settings.${group}`)), ...rows);
      }),
    );
    show();
  };

  const show = () => {
    const { settings, words } = store.state;
    defaults.disabled = Object.keys(words.fromDefaults(settings)).length === 0;
    for (const { field, made, rows } of entries) {
      if (field.path in settings) made.forEach((control) => control.update(settings[field.path]));
      for (const row of rows) row.hidden = !counts(field, settings);
    }
  };

  store.watch(["settings"], () => {
    if (dialog.open) show();
  });
  store.watch(["words"], () => {
    if (dialog.open) build();
  });
  dialog.addEventListener("close", () => {
    if (opener instanceof HTMLElement) opener.focus();
  });

  return {
    open(name) {
      shown = name;
      opener = document.activeElement;
      build();
      if (!dialog.open) dialog.show();
      body.scrollTop = 0;
      close.focus();
    },
  };
}

/**
 * @param {import("./field-control.js").Control} control
 * @param {import("../recipe/schema.js").Field} field
 * @param {import("../recipe/words.js").Words} words
 * @param {import("../i18n.js").Translate} t
 */
function withHelp(control, field, words, t) {
  const help = [control.help ?? words.help(field), field.restarts ? t("field.restarts") : ""].filter(Boolean).join(" ");
  /** @type {HTMLElement[]} */
  const notes = [element("p", { class: "hint" }, help)];
  if (control.formula) notes.push(control.formula);
  if (field.formula) notes.push(element("p", { class: "formula" }, field.formula));
  return element("div", { class: "sheet-row" }, control.element, ...notes);
}
