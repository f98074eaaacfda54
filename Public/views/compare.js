/** Two runs on one clock: the other one's picture beside this one's, and what differs between their recipes. */

import { byId, element, setText } from "../dom.js";
import { sameValue } from "../recipe/schema.js";
import { createLayered } from "./layered.js";
import { createSummary } from "./summary.js";

/**
 * @param {object} context
 * @param {any} context.store
 * @param {import("../loop.js").Loop} context.loop
 * @param {import("../experiment.js").Experiment} context.experiment
 */
export function createCompare({ store, loop, experiment }) {
  const twin = (/** @type {any} */ frame) => frame.twin ?? {};
  createLayered({ store, loop, name: "twin", of: twin });
  createSummary({ root: byId("twin-summary"), store, of: ({ frame, comparing }) => ({ frame: twin(frame), verdict: comparing?.verdict ?? null, status: comparing?.verdict?.name ?? "" }) });
  byId("twin-stop").onclick = () => experiment.compareStop();

  store.watch(["comparing", "recipe", "words"], (/** @type {any} */ { comparing, recipe, words, t }) => {
    byId("lab").dataset.comparing = String(Boolean(comparing));
    byId("twin").hidden = !comparing;
    byId("compare").setAttribute("aria-pressed", String(Boolean(comparing)));
    if (!comparing || !words) return;
    const changes = differences(comparing.recipe, recipe, words.defaults);
    setText(byId("twin-title"), comparing.label ?? t("compare.twin"));
    byId("twin-difference").replaceChildren(...(changes.length === 0
      ? [element("li", {}, t("compare.same"))]
      : changes.map(({ path, theirs, ours }) => {
        const field = words.field(path);
        return element("li", {}, t("compare.difference", { name: field ? words.fullLabel(field) : path, theirs: field ? words.value(field, theirs) : String(theirs), ours: field ? words.value(field, ours) : String(ours) }));
      })));
  });

  createFutures({ store, experiment });
}

/**
 * What one recipe says in the end, with its timeline carried out.
 * @param {any} recipe
 * @param {Record<string, any>} defaults
 */
function settled(recipe, defaults) {
  const settings = { ...defaults, ...recipe.settings };
  for (const edit of recipe.timeline ?? []) if (edit.set) settings[edit.set] = edit.to;
  return settings;
}

/**
 * The settings in which two recipes end up differing.
 * @param {any} theirs
 * @param {any} ours
 * @param {Record<string, any>} defaults
 * @returns {{ path: string, theirs: any, ours: any }[]}
 */
export function differences(theirs, ours, defaults) {
  const [a, b] = [settled(theirs, defaults), settled(ours, defaults)];
  return Object.keys({ ...a, ...b }).filter((path) => !sameValue(a[path], b[path])).map((path) => ({ path, theirs: a[path], ours: b[path] }));
}

/**
 * The menu behind the compare button: keep a copy of this run beside it, or go to, or compare with, another future.
 * @param {{ store: any, experiment: import("../experiment.js").Experiment }} context
 */
function createFutures({ store, experiment }) {
  const menu = byId("futures");
  store.watch(["branches", "branch", "comparing", "words"], (/** @type {any} */ { branches, branch, comparing, t, number }) => {
    const item = (/** @type {string} */ text, /** @type {() => void} */ run, /** @type {string} */ id) =>
      element("button", { type: "button", class: "menu-item", id, onclick: () => { menu.hidePopover(); run(); } }, text);
    const others = branches.filter((/** @type {any} */ other) => other.id !== branch);
    menu.replaceChildren(
      comparing ? item(t("compare.stop"), () => experiment.compareStop(), "compare-stop") : item(t("compare.now"), () => experiment.compare(), "compare-now"),
      ...(others.length > 0 ? [element("h2", {}, t("futures.title"))] : []),
      ...others.map((/** @type {any} */ { id, forkStep, tip, label }) => element("div", { class: "future" },
        element("span", {}, element("b", {}, label || t("futures.original")), element("span", { class: "hint" }, t("futures.where", { from: number(forkStep), to: number(tip) }))),
        item(t("futures.enter"), () => experiment.checkout(id), `future-enter-${id}`),
        item(t("futures.compare"), () => experiment.compare(id), `future-compare-${id}`))),
    );
  });
}
