/** The bar of slow motion: where in the step we are, what happens there in words, and how to go on. */

import { element, icon, setText } from "../dom.js";
import { formatNumber } from "../recipe/schema.js";
import { phases } from "./phases.js";
import { isProbability } from "./pseudocode.js";

/** Seconds a part. */
const PACES = [1, 2.5, 5, 10];

/**
 * @typedef {object} StripActions
 * @property {() => void} previous
 * @property {() => void} next
 * @property {() => void} toggle
 * @property {() => void} leave
 * @property {(phase: import("./phases.js").Phase) => void} go
 * @property {(milliseconds: number) => void} pace
 */

/**
 * @param {HTMLElement} root
 * @param {StripActions} actions
 * @param {any} store
 */
export function createStrip(root, actions, store) {
  const button = (/** @type {string} */ name, /** @type {() => void} */ run) =>
    element("button", { type: "button", class: "icon-button", id: `slow-${name}`, onclick: run }, icon(name));
  const buttons = {
    previous: button("previous", actions.previous),
    play: button("play", actions.toggle),
    next: button("next", actions.next),
    close: button("close", actions.leave),
  };
  const chips = new Map(
    phases.map((phase) => [
      phase.id,
      element(
        "button",
        { type: "button", class: `phase ${phase.player}`, onclick: () => actions.go(phase) },
        String(phase.number),
      ),
    ]),
  );
  const names = {
    discriminator: element("span", { class: "phases-name", dataset: { short: "D" } }),
    generator: element("span", { class: "phases-name", dataset: { short: "G" } }),
  };
  const groups = /** @type {const} */ (["discriminator", "generator"]).map((player) =>
    element(
      "div",
      { class: `phases ${player}` },
      names[player],
      ...phases.filter((phase) => phase.player === player).map(({ id }) => /** @type {HTMLElement} */ (chips.get(id))),
    ),
  );
  const caption = element("p", { class: "caption", id: "slow-caption", "aria-live": "polite" });
  const pace = element("select", { id: "slow-pace", onchange: () => actions.pace(1000 * Number(pace.value)) });
  root.replaceChildren(
    element("div", { class: "slow-transport" }, buttons.previous, buttons.play, buttons.next),
    element("div", { class: "slow-text" }, element("div", { class: "slow-phases" }, ...groups), caption),
    pace,
    buttons.close,
  );

  const write = (/** @type {import("../i18n.js").Translate} */ t) => {
    root.setAttribute("aria-label", t("slow.label"));
    for (const [name, made] of Object.entries(buttons)) if (name !== "play") label(made, t(`slow.${name}`));
    for (const player of /** @type {const} */ (["discriminator", "generator"]))
      setText(names[player], t(`node.${player}`));
    for (const phase of phases)
      label(/** @type {HTMLElement} */ (chips.get(phase.id)), t(`slow.part.${phase.player}`, { n: phase.number }));
    const chosen = pace.value || "2.5";
    pace.replaceChildren(
      ...PACES.map((seconds) => element("option", { value: String(seconds) }, t("slow.pace", { n: seconds }))),
    );
    pace.value = chosen;
    pace.setAttribute("aria-label", t("slow.pace.label"));
  };

  return {
    write,
    /** @param {boolean} playing */
    played(playing) {
      label(buttons.play, store.state.t(playing ? "slow.pause" : "slow.play"));
      buttons.play.querySelector("use")?.setAttribute("href", playing ? "#icon-pause" : "#icon-play");
    },
    /**
     * @param {import("./phases.js").Stop} stop
     * @param {number} step
     */
    show(stop, step) {
      const { phase, update, repeats } = stop;
      chips.forEach((chip, id) => chip.setAttribute("aria-current", id === phase.id ? "step" : "false"));
      const { t, words, settings, number } = store.state;
      const optimizer = words.field(`${phase.player}.optimizer.kind`);
      const shown = isProbability(settings)
        ? [update.realScore, update.fakeScore]
        : [update.realOutput, update.fakeOutput];
      setText(
        caption,
        t(captionKey(stop), {
          n: repeats,
          batch: settings.batch,
          step: number(step + 1),
          optimizer: optimizer ? words.choice(optimizer, settings[optimizer.path]) : "",
          loss: formatNumber(update.loss),
          penalty: formatNumber(Number(update.penalty.toPrecision(2))),
          gradient: formatNumber(update.gradientNorm),
          update: formatNumber(update.updateNorm),
          real: formatNumber(shown[0] ?? NaN),
          fake: formatNumber(shown[1] ?? NaN),
        }),
      );
    },
  };
}

/** @param {import("./phases.js").Stop} stop */
function captionKey({ phase, update, isRepetition }) {
  if (isRepetition) return `slow.${phase.player}.again`;
  return phase.id === "discriminator.3" && update.penalty > 0 ? "slow.discriminator.3.penalty" : `slow.${phase.id}`;
}

/**
 * @param {HTMLElement} node
 * @param {string} text
 */
function label(node, text) {
  node.setAttribute("aria-label", text);
  node.title = text;
}
