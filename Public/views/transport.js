/** Play, pause, reset, step, speed, and the step counter. */

import { byId, setText } from "../dom.js";
import { paced } from "../loop.js";
import { speeds, speedStop } from "../charts/scale.js";

/** More characters of a step than this need a smaller type. */
const LONG = "999,999".length;

/**
 * @param {object} context
 * @param {any} context.store
 * @param {import("../loop.js").Loop} context.loop
 * @param {import("../experiment.js").Experiment} context.experiment
 */
export function createTransport({ store, loop, experiment }) {
  const play = /** @type {HTMLButtonElement} */ (byId("play"));
  const speed = /** @type {HTMLInputElement} */ (byId("speed"));
  const step = byId("step");
  const rate = byId("rate");
  let dragging = false;

  play.onclick = () => experiment.toggle();
  byId("reset").onclick = () => experiment.reset();
  byId("step-both").onclick = () => experiment.step();
  byId("step-generator").onclick = () => experiment.step("generator");
  byId("step-discriminator").onclick = () => experiment.step("discriminator");

  speed.max = String(speeds.length - 1);
  speed.oninput = () => {
    dragging = true;
    showSpeed(Number(speed.value));
    experiment.speed(speeds[Number(speed.value)]);
  };
  speed.onchange = () => {
    dragging = false;
  };

  const showSpeed = (/** @type {number} */ stop) => {
    const { t, number } = store.state;
    const value = speeds[stop];
    const text =
      value === null ? t("speed.fastest") : value === 1 ? t("speed.one") : t("speed.many", { n: number(value) });
    setText(byId("speed-text"), text);
    speed.setAttribute("aria-valuetext", text);
    speed.style.setProperty("--fill", `${(100 * stop) / (speeds.length - 1)}%`);
  };

  store.watch(["speed", "t"], (/** @type {any} */ state) => {
    if (dragging) return;
    const stop = speedStop(state.speed);
    speed.value = String(stop);
    showSpeed(stop);
  });

  store.watch(["playing", "status", "t", "connection"], (/** @type {any} */ { playing, status, t, connection }) => {
    const label = t(playing ? "transport.pause" : "transport.play");
    play.setAttribute("aria-label", label);
    play.title = label;
    play.dataset.state = playing ? "playing" : "paused";
    play.querySelector("use")?.setAttribute("href", playing ? "#icon-pause" : "#icon-play");
    play.classList.toggle("invite", status === "ready" && connection === "open");
    document.documentElement.dataset.playing = String(playing && connection === "open");
  });

  const count = paced(() => {
    const { state } = store;
    setText(step, state.number(state.step));
    step.classList.toggle("long", (step.textContent ?? "").length > LONG);
    step.dataset.step = String(state.step);
    setText(
      rate,
      state.seeking !== null
        ? state.t("seeking", { step: state.number(state.seeking) })
        : state.playing && state.rate > 0
          ? state.t("rate", { n: state.number(roundRate(state.rate)) })
          : state.t("steps"),
    );
  });
  store.watch(["step", "rate", "number", "t", "playing", "seeking"], () => loop.invalidate(count));
  store.watch(["seeking"], (/** @type {any} */ { seeking }) => {
    step.dataset.seeking = String(seeking !== null);
  });
}

/**
 * Three figures: more would flicker.
 * @param {number} rate
 */
function roundRate(rate) {
  return Number(rate.toPrecision(3));
}
