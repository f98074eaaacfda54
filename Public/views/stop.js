/** Where a run that plays pauses by itself: at a step, or when it has learned. */

import { byId, element } from "../dom.js";

/** As far as a session goes. */
const FURTHEST = 100_000_000;

/** @typedef {{ step?: number, learned?: true }} Stop */

/**
 * @param {object} context
 * @param {any} context.store
 * @param {import("../experiment.js").Experiment} context.experiment
 */
export function createStop({ store, experiment }) {
  const open = byId("stop-open");
  const root = byId("stop-menu");
  const step = element("input", {
    type: "number",
    id: "stop-step",
    min: "1",
    max: String(FURTHEST),
    step: "1",
    inputMode: "numeric",
    required: true,
  });
  const stepLabel = element("span");
  const set = element("button", { type: "submit", class: "button", id: "stop-set" });
  const learned = element("button", { type: "button", class: "menu-item", id: "stop-learned" });
  const never = element("button", { type: "button", class: "menu-item", id: "stop-never" });
  const form = element("form", { class: "stop-at" }, element("label", {}, stepLabel, step), set);
  root.replaceChildren(form, learned, never);

  const choose = (/** @type {Stop | null} */ stop) => {
    root.hidePopover();
    experiment.stopAt(stop);
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    choose({ step: Number(step.value) });
  };
  learned.onclick = () => choose({ learned: true });
  never.onclick = () => choose(null);
  root.addEventListener("toggle", () => {
    if (!root.matches(":popover-open")) return;
    place(root, open);
    const { stop, step: now } = store.state;
    step.value = String(stop?.step ?? nextRound(now));
    step.select();
  });

  store.watch(["stop", "t", "number"], (/** @type {any} */ { stop, t, number }) => {
    const label = t(stop ? "stop.set" : "stop.open", { where: stop ? where(stop, t, number) : "" });
    open.title = label;
    open.setAttribute("aria-label", label);
    open.setAttribute("aria-pressed", String(stop !== null));
    stepLabel.textContent = t("stop.step");
    set.textContent = t("stop.accept");
    learned.textContent = t("stop.learned");
    learned.setAttribute("aria-pressed", String(stop?.learned === true));
    never.textContent = t("stop.never");
    never.hidden = stop === null;
  });
}

/** Pixels between a menu and what is around it. */
const AIR = 8;

/**
 * Puts a menu beside its button, where there is room: the button stands at the top of the page, or on a phone at its end.
 * @param {HTMLElement} menu
 * @param {HTMLElement} button
 */
function place(menu, button) {
  const { left, top, bottom } = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  menu.style.left = `${Math.max(AIR, Math.min(left, innerWidth - width - AIR))}px`;
  menu.style.top = `${top > innerHeight / 2 ? top - height - AIR : bottom + AIR}px`;
}

/**
 * The next step worth stopping at: 1,000 or 5,000 and so on, beyond where the run is.
 * @param {number} step
 */
export function nextRound(step) {
  const unit = Math.max(1000, 10 ** Math.floor(Math.log10(Math.max(1, step))));
  return (Math.floor(step / unit) + 1) * unit;
}

/**
 * @param {Stop} stop
 * @param {import("../i18n.js").Translate} t
 * @param {(n: number) => string} number
 */
const where = (stop, t, number) =>
  stop.step === undefined ? t("stop.whenLearned") : t("stop.atStep", { step: number(stop.step) });
