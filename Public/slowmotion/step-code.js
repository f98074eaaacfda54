/**
 * The pseudo code as part of the model: opened by its button, by a step taken by hand if the model is in sight, and by
 * slow motion. A step runs through its lines in about two seconds; the numbers stay until the next.
 */

import { byId, element, icon, setText } from "../dom.js";
import { createCodePanel } from "./code-panel.js";
import { phases, stopsOf } from "./phases.js";
import { Player } from "./player.js";

/** @typedef {import("./phases.js").Stop} Stop */
/** @typedef {import("./phases.js").Player} Network */

/** Marks what a line of the code is about, in the model above it. @param {string[]} nodes */
function pointAt(nodes) {
  for (const node of document.querySelectorAll("#graph [data-node]"))
    node.classList.toggle("pointed", nodes.includes(node.getAttribute("data-node") ?? ""));
}

/** Where nobody sees it, nothing opens by itself. @param {HTMLElement} node */
function isInSight(node) {
  const { top, bottom } = node.getBoundingClientRect();
  return top < innerHeight && bottom > 0;
}

/** Milliseconds a part. */
const PACE = 220;

/**
 * @param {{ store: any, calm: MediaQueryList }} context `calm`: whether motion is unwanted.
 */
export function createStepCode({ store, calm }) {
  const lab = byId("lab");
  const root = element("section", { class: "pseudocode", id: "pseudocode", hidden: true });
  const toggle = element("button", {
    type: "button",
    class: "more-settings code-toggle",
    id: "model-code",
    onclick: () => {
      isWanted = !isWanted;
      isLasting = isWanted;
      wasClosed = !isWanted;
      show();
    },
  });
  const close = element(
    "button",
    { type: "button", class: "icon-button", id: "code-close", onclick: () => toggle.click() },
    icon("close"),
  );
  byId("graph").after(root);
  byId("graph").before(toggle);

  let isWanted = false;
  /** Whether it was opened by its button: what a step opened makes room for the settings again when training goes on. */
  let isLasting = false;
  /** Who closes it does not want it back at the next step. */
  let wasClosed = false;
  let isSlow = false;
  /** @type {Network} */
  let turn = "discriminator";
  /** @type {Stop[]} */
  let stops = [];
  /** What the panel's lines were written for. */
  let built = "";
  /** Whom a press on a heading concerns while slow motion explains. @type {(network: Network) => void} */
  let turned = () => {};

  const panel = createCodePanel(
    root,
    store,
    (network) => {
      if (isSlow) return turned(network);
      player.stop();
      turn = network;
      list();
    },
    (id) => pointAt(phases.find((phase) => phase.id === id)?.nodes ?? []),
  );
  const player = new Player(
    {
      show: (/** @type {Stop} */ stop) => {
        turn = stop.phase.player;
        panel.run(stop);
      },
      ended: () => player.stop(),
      played: () => {},
    },
    { set: (run, milliseconds) => window.setTimeout(run, milliseconds), clear: (timer) => window.clearTimeout(timer) },
  );
  player.pace = PACE;
  root.append(close);

  const list = () => panel.list(turn, stops.findLast(({ phase }) => phase.player === turn)?.update ?? null);

  const show = () => {
    root.hidden = !(isWanted || isSlow);
    lab.toggleAttribute("data-code", !root.hidden);
    toggle.setAttribute("aria-pressed", String(isWanted));
    if (root.hidden) return player.stop();
    const { settings, language } = store.state;
    const wanted = JSON.stringify([settings, language]);
    if (wanted !== built) panel.build();
    else if (player.playing) return; // Every step tells the settings again; the lines that run stay lit.
    built = wanted;
    if (!isSlow) list();
  };

  store.watch(["explanation"], (/** @type {any} */ { explanation }) => {
    stops = explanation ? stopsOf(explanation) : [];
    player.stop(); // What it was showing is not the last step any more.
    if (isSlow || (!isWanted && (wasClosed || stops.length === 0 || !isInSight(byId("graph"))))) return;
    isWanted = true;
    show();
    if (stops.length === 0) return;
    if (calm.matches) {
      turn = stops[0].phase.player;
      return list();
    }
    player.load(stops);
    player.play(true);
  });
  // What was explained is not the last step any more.
  store.watch(["step", "playing"], (/** @type {any} */ { step, playing, explanation }) => {
    if (explanation && step !== explanation.step + 1) store.set({ explanation: null });
    if (!playing || !isWanted || isLasting) return;
    isWanted = false;
    show();
  });
  store.watch(["words", "settings"], () => {
    if (!root.hidden && store.state.words) show();
  });
  store.watch(["t"], (/** @type {any} */ { t }) => {
    setText(toggle, t("code.toggle"));
    toggle.title = t("code.toggle.help");
    close.setAttribute("aria-label", t("notice.close"));
  });

  return {
    run: panel.run,
    /**
     * Slow motion has the panel for itself.
     * @param {boolean} on
     * @param {(network: Network) => void} [toTurn]
     */
    slow(on, toTurn = () => {}) {
      isSlow = on;
      turned = toTurn;
      player.stop();
      show();
    },
  };
}
