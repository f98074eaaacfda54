/** Two runs on one clock: the other one's picture beside this one's, and what differs between their recipes. */

import { byId, element, setText } from "../dom.js";
import { sameValue } from "../recipe/schema.js";
import { createTree } from "./futures.js";
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
  createSummary({
    root: byId("twin-summary"),
    store,
    of: ({ frame, comparing }) => ({
      frame: twin(frame),
      verdict: comparing?.verdict ?? null,
      status: comparing?.verdict?.name ?? "",
    }),
  });
  byId("twin-stop").onclick = () => experiment.compareStop();

  store.watch(["comparing", "recipe", "words"], (/** @type {any} */ { comparing, recipe, words, t }) => {
    byId("lab").dataset.comparing = String(Boolean(comparing));
    byId("twin").hidden = !comparing;
    setText(byId("layered-title"), t(comparing ? "compare.ours" : "layered.title"));
    byId("compare").setAttribute("aria-pressed", String(Boolean(comparing)));
    if (!comparing || !words) return;
    const changes = differences(comparing.recipe, recipe, words.defaults);
    setText(
      byId("twin-title"),
      comparing.label === "as it was" ? t("compare.twin") : `${t("compare.twin")}: ${futureName(comparing, words, t)}`,
    );
    byId("twin-legend").replaceChildren(
      ...["ours", "twin"].map((run) =>
        element(
          "span",
          { class: "scale" },
          element("i", { class: run === "twin" ? "curve other" : "curve" }),
          t(`compare.${run}`),
        ),
      ),
      element("span", {}, t("compare.scale")),
    );
    byId("twin-difference").replaceChildren(
      ...(changes.length === 0
        ? [element("li", {}, t("compare.same"))]
        : changes.map(({ path, theirs, ours }) => {
            const field = words.field(path);
            return element(
              "li",
              {},
              t("compare.difference", {
                name: field ? words.fullLabel(field) : path,
                theirs: field ? words.value(field, theirs) : String(theirs),
                ours: field ? words.value(field, ours) : String(ours),
              }),
            );
          })),
    );
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
  return Object.keys({ ...a, ...b })
    .filter((path) => !sameValue(a[path], b[path]))
    .map((path) => ({ path, theirs: a[path], ours: b[path] }));
}

/**
 * The menu behind the compare button: keep a copy of this run beside it, or go to, or compare with, another future.
 * @param {{ store: any, experiment: import("../experiment.js").Experiment }} context
 */
function createFutures({ store, experiment }) {
  const menu = byId("futures");
  store.watch(
    ["branches", "branch", "comparing", "words"],
    (/** @type {any} */ { branches, branch, comparing, words, t, number }) => {
      const leaving = (/** @type {(id: number) => void} */ run) => (/** @type {number} */ id) => {
        menu.hidePopover();
        run(id);
      };
      const item = (/** @type {string} */ text, /** @type {() => void} */ run, /** @type {string} */ id) =>
        element(
          "button",
          {
            type: "button",
            class: "menu-item",
            id,
            onclick: () => {
              menu.hidePopover();
              run();
            },
          },
          text,
        );
      const tree = () =>
        createTree({
          branches,
          active: branch,
          t,
          number,
          name: (future) => futureName(future, words, t),
          enter: leaving((id) => experiment.checkout(id)),
          compare: leaving((id) => experiment.compare(id)),
        });
      menu.replaceChildren(
        comparing
          ? item(t("compare.stop"), () => experiment.compareStop(), "compare-stop")
          : item(t("compare.now"), () => experiment.compare(), "compare-now"),
        ...(branches.length > 1 ? [element("h2", {}, t("futures.title")), tree()] : []),
      );
    },
  );
}

/**
 * What made a future another one: the settings that were changed, the experiment that was opened, or what else was done.
 * @param {{ label: string, values?: Record<string, any> }} future With the values that were given to the settings of the label.
 * @param {import("../recipe/words.js").Words | null} words
 * @param {import("../i18n.js").Translate} t
 */
export function futureName({ label, values = {} }, words, t) {
  if (!label) return t("futures.original");
  return label
    .split(", ")
    .map((part) => {
      const field = words?.field(part);
      if (field && words) return part in values ? words.edit({ set: part, to: values[part] }) : words.fullLabel(field);
      const preset = /^preset (.+)/.exec(part);
      return preset && words ? words.preset(preset[1]) : t(`futures.of.${part}`);
    })
    .join(t("list.separator"));
}
