/** The generator layer by layer: the grid of noise as it bends on its way to the samples. */

import { manifold } from "../canvas/manifold.js";
import { Surface } from "../canvas/surface.js";
import { element, icon, setText } from "../dom.js";

/** @typedef {import("./sections.js").Stages} Stages */

/** Milliseconds from one stage to the next, and the rest at each. */
const TRAVEL = 1400;
const REST = 700;

export class StagesView {
  /** @type {Stages | null} */
  #stages = null;
  /** @type {Float32Array[]} */
  #sheets = [];
  #playing = false;
  #began = 0;

  /**
   * @param {object} context
   * @param {any} context.store
   * @param {() => void} context.invalidate
   */
  constructor({ store, invalidate }) {
    this.store = store;
    this.invalidate = invalidate;
    const canvas = element("canvas", { role: "img" });
    this.canvas = canvas;
    this.surface = new Surface(canvas, invalidate);
    this.slider = element("input", {
      type: "range",
      min: "0",
      step: "0.01",
      value: "0",
      id: "stage",
      oninput: () => {
        this.#play(false);
        invalidate();
      },
    });
    this.button = element(
      "button",
      { type: "button", class: "icon-button", id: "stage-play", onclick: () => this.#play(!this.#playing) },
      icon("play"),
    );
    this.names = element("ol", { class: "stage-names" });
    this.caption = element("p", { class: "inside-note", "aria-live": "polite" });
    this.element = element(
      "div",
      { class: "stages" },
      element("div", { class: "stage-picture" }, canvas),
      element(
        "div",
        { class: "stage-controls" },
        this.button,
        element("div", { class: "stage-track" }, this.slider, this.names),
      ),
      this.caption,
    );
  }

  /**
   * @param {Stages} stages
   * @param {import("../protocol/frame.js").View} view Where the layered view looks: the samples are drawn as they lie there.
   */
  update(stages, view) {
    const count = stages.stages.length;
    if (count !== this.#stages?.stages.length) this.slider.max = String(count - 1);
    this.#stages = stages;
    this.#sheets = stages.stages.map((stage, index) =>
      index === count - 1 ? placed(stage, view) : stage.points.map((value) => value * 0.9),
    );
    this.name();
  }

  /** Writes what depends on the language and on the layers. */
  name() {
    const { t } = this.store.state;
    this.button.title = t("inside.stages.play");
    this.button.setAttribute("aria-label", this.button.title);
    this.slider.setAttribute("aria-label", t("inside.stages.slider"));
    const widths = this.#stages?.stages.map(({ width }) => width) ?? [];
    const text = widths.map((_, index) => this.#stageName(index));
    if (this.names.children.length !== text.length) this.names.replaceChildren(...text.map(() => element("li")));
    text.forEach((name, index) => setText(this.names.children[index], name));
  }

  /**
   * @param {number} now
   * @param {import("../canvas/palette.js").Palette} palette
   * @returns {boolean} whether it moves.
   */
  draw(now, palette) {
    const context = this.surface.clear();
    if (!this.#stages || this.surface.width === 0) return false;
    if (this.#playing) this.slider.value = String(this.#position(now));
    const at = Math.min(Number(this.slider.value), this.#sheets.length - 1);
    const from = Math.min(Math.floor(at), this.#sheets.length - 2);
    const part = smooth(at - from);
    const [a, b] = [this.#sheets[from], this.#sheets[from + 1]];
    const mesh = { columns: this.#stages.columns - 1, rows: this.#stages.rows - 1 };
    manifold(
      context,
      mesh,
      a.map((value, i) => value + (b[i] - value) * part),
      this.store.state.noise,
      palette.fake,
      this.surface.width,
    );
    this.#describe(Math.round(at));
    return this.#playing;
  }

  /** @param {number} index */
  #describe(index) {
    const { t } = this.store.state;
    const stage = this.#stages?.stages[index];
    if (!stage) return;
    const name = this.#stageName(index);
    this.slider.setAttribute("aria-valuetext", name);
    const last = index === this.#sheets.length - 1;
    const key = index === 0 ? "noise" : last ? "samples" : stage.width > 2 ? "projected" : "flat";
    setText(
      this.caption,
      t(`inside.stages.${key}`, { name, n: stage.width, percent: Math.round(100 * stage.explained) }),
    );
    this.canvas.setAttribute("aria-label", this.caption.textContent ?? "");
  }

  /** @param {number} index */
  #stageName(index) {
    const { t } = this.store.state;
    if (index === 0) return t("node.noise");
    return index === this.#sheets.length - 1 ? t("node.fake") : t("inside.layer", { n: index });
  }

  /** Where in the journey we are: a rest at every stage, then on to the next; over and over. @param {number} now */
  #position(now) {
    const leg = TRAVEL + REST;
    const elapsed = (now - this.#began) % (leg * this.#sheets.length);
    const stage = Math.floor(elapsed / leg);
    if (stage >= this.#sheets.length - 1) return this.#sheets.length - 1;
    return stage + Math.max(0, (elapsed % leg) - REST) / TRAVEL;
  }

  /** @param {boolean} playing */
  #play(playing) {
    if (playing)
      this.#began =
        performance.now() -
        (TRAVEL + REST) * (Math.floor(Number(this.slider.value)) % Math.max(1, this.#sheets.length - 1));
    this.#playing = playing;
    this.button.setAttribute("aria-pressed", String(playing));
    this.button.querySelector("use")?.setAttribute("href", playing ? "#icon-pause" : "#icon-play");
    this.invalidate();
  }

  /** Nobody looks. */
  stop() {
    this.#play(false);
  }
}

/**
 * A stage's points in the units of the layered view.
 * @param {import("./sections.js").Stage} stage
 * @param {import("../protocol/frame.js").View} view
 */
function placed({ points, centre, half }, view) {
  return points.map((value, i) => (centre[i % 2] + value * half - (i % 2 ? view.cy : view.cx)) / view.half);
}

/** @param {number} part */
const smooth = (part) => part * part * (3 - 2 * part);
