/** Slow motion: the server takes one step and explains it; the page goes through the explanation part by part. */

import { byId } from "../dom.js";
import { stopsOf } from "./phases.js";
import { Player } from "./player.js";
import { createStrip } from "./strip.js";

/** @typedef {import("./phases.js").Stop} Stop */

/** What of the layered view each canvas holds. */
const canvases = { ground: "layered-heatmap", real: "layered-real", moving: "layered-fake" };

/**
 * @param {object} context
 * @param {any} context.store
 * @param {import("../experiment.js").Experiment} context.experiment
 * @param {() => void} context.overview Turns the model to the face that is lit here.
 * @param {ReturnType<typeof import("./step-code.js").createStepCode>} context.code
 * @param {MediaQueryList} context.calm Whether motion is unwanted.
 */
export function createSlowMotion({ store, experiment, overview, code, calm }) {
  const lab = byId("lab");
  const graph = byId("graph");
  const button = byId("slow-motion");
  const root = byId("slowmotion");

  let active = false;
  let asking = false;
  /** @type {import("./phases.js").Explanation | null} */
  let explanation = null;
  /** @type {Stop[]} */
  let stops = [];

  const player = new Player(
    {
      show: (/** @type {Stop} */ stop) => show(stop),
      ended: () => takeStep(),
      played: (playing) => strip.played(playing),
    },
    { set: (run, milliseconds) => window.setTimeout(run, milliseconds), clear: (timer) => window.clearTimeout(timer) },
  );

  const strip = createStrip(
    root,
    {
      previous: () => player.previous(),
      next: () => player.next(),
      toggle: () => player.play(!player.playing),
      leave: () => leave(),
      go: (phase) => goTo((stop) => stop.phase === phase),
      pace: (milliseconds) => {
        player.pace = milliseconds;
        player.play(player.playing);
      },
    },
    store,
  );

  const goTo = (/** @type {(stop: Stop) => boolean} */ isIt) => {
    const index = stops.findIndex(isIt);
    if (index >= 0) player.go(index);
  };

  const show = (/** @type {Stop} */ stop) => {
    light(graph, stop.phase);
    code.run(stop);
    strip.show(stop, explanation?.step ?? 0);
    const losses = stop.phase.number >= 3 ? { [stop.phase.player === "generator" ? "g" : "d"]: stop.update.loss } : {};
    experiment.showHeld(stop.picture, losses);
  };

  const takeStep = async () => {
    if (asking) return;
    asking = true;
    // Whatever is under way, a replay too, ends here: slow motion begins where the picture is.
    const paused = await experiment.pause();
    if (paused) experiment.hold(paused.step);
    const reply = paused && (await experiment.explain());
    asking = false;
    if (!reply || !active) return leave();
    explanation = /** @type {import("./phases.js").Explanation} */ (reply.explanation);
    stops = stopsOf(explanation);
    player.load(stops);
  };

  const enter = () => {
    if (active || store.state.connection !== "open") return;
    active = true;
    overview();
    set(true);
    // Where there is room for both; on a phone the picture stays in sight.
    const isPhone = byId("picture").clientWidth > 0.8 * innerWidth;
    if (!isPhone && graph.getBoundingClientRect().bottom > innerHeight) graph.scrollIntoView({ block: "start" });
    player.play(!calm.matches);
    byId("slow-play").focus({ preventScroll: true }); // Space stops and goes on; on the button that opened this it would close.
    takeStep();
  };

  const leave = () => {
    if (!active) return;
    active = false;
    player.stop();
    explanation = null;
    experiment.release();
    set(false);
    light(graph, null);
    button.focus();
  };

  const set = (/** @type {boolean} */ on) => {
    button.setAttribute("aria-pressed", String(on));
    lab.toggleAttribute("data-slow", on);
    root.hidden = !on;
    code.slow(on, (network) => goTo(({ phase }) => phase.player === network));
    graph.inert = on; // What is being explained must not change under the explanation.
  };

  button.onclick = () => (active ? leave() : enter());
  // Whatever else moves the experiment ends slow motion: play, another step, a reset, somebody else in the session.
  store.watch(["playing", "step", "connection"], (/** @type {any} */ { playing, step, connection }) => {
    if (!active || asking) return;
    if (playing || connection !== "open" || (explanation && step !== explanation.step + 1)) leave();
  });
  store.watch(["t"], (/** @type {any} */ { t }) => strip.write(t));
  store.watch(["words", "settings"], () => {
    if (!active) return;
    if (stops.length > 0 && !asking) show(stops[player.index]);
  });

  document.addEventListener(
    "keydown",
    (event) => {
      if (!active || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog:modal")) return;
      const onControl = event.target instanceof HTMLElement && event.target.matches("select, input, textarea");
      const action = {
        ArrowRight: () => player.next(),
        ArrowLeft: () => player.previous(),
        " ": () => player.play(!player.playing),
        Escape: leave,
      }[event.key];
      if (
        !action ||
        (onControl && event.key !== "Escape") ||
        (event.key === " " && event.target instanceof HTMLButtonElement)
      )
        return;
      event.preventDefault();
      event.stopImmediatePropagation(); // These keys also step and play the experiment.
      action();
    },
    { capture: true },
  );

  return { toggle: () => button.click() };
}

/**
 * @param {HTMLElement} graph
 * @param {import("./phases.js").Phase | null} phase
 */
function light(graph, phase) {
  for (const node of graph.querySelectorAll("[data-node]"))
    node.classList.toggle("lit", phase?.nodes.includes(node.getAttribute("data-node") ?? "") ?? false);
  for (const edge of graph.querySelectorAll("[data-edge]"))
    edge.classList.toggle("lit", phase?.edges.includes(edge.getAttribute("data-edge") ?? "") ?? false);
  for (const [part, id] of Object.entries(canvases))
    byId(id).classList.toggle("faded", phase !== null && !phase.picture.includes(/** @type {any} */ (part)));
}
