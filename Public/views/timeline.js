/** The timeline: the whole run as a line, every edit a tick with its name, the head where the run is. Drag it back. */

import { niceCeiling } from "../charts/scale.js";
import { element, icon, setText } from "../dom.js";
import { paced } from "../loop.js";

const SHORTEST = 1000;
/** Edits of one setting closer than this part of the line are one tick: a drag is one gesture. */
const MERGE = 0.02;

/**
 * @param {object} context
 * @param {HTMLElement} context.root
 * @param {any} context.store
 * @param {import("../loop.js").Loop} context.loop
 * @param {import("../experiment.js").Experiment} context.experiment
 */
export function createTimeline({ root, store, loop, experiment }) {
  const ticks = element("ol", { class: "ticks", id: "ticks" });
  const head = element("div", { class: "head", "aria-hidden": "true" }, element("i"));
  const done = element("div", { class: "done" });
  const end = element("span", { class: "timeline-end" });
  const range = element("input", { type: "range", id: "timeline-range", class: "timeline-range", min: "0", step: "1" });
  const undo = element(
    "button",
    { type: "button", id: "undo", class: "icon-button", onclick: () => experiment.undo() },
    icon("undo"),
  );
  const redo = element(
    "button",
    { type: "button", id: "redo", class: "icon-button", onclick: () => experiment.redo() },
    icon("redo"),
  );
  root.replaceChildren(
    element("div", { class: "line" }, done, ticks, head, range),
    element("div", { class: "timeline-tools" }, undo, redo, end),
  );

  let horizon = SHORTEST;
  let dragging = false;
  let seeking = false;
  /** @type {number | null} */
  let wanted = null;

  range.addEventListener("input", () => {
    dragging = true;
    wanted = Math.min(Number(range.value), furthest());
    range.value = String(wanted);
    loop.invalidate(draw);
    pursue();
  });
  range.addEventListener("change", () => {
    dragging = false;
  });

  // One seek at a time; while it is under way the newest wish waits, so that dragging never queues up.
  const pursue = async () => {
    if (seeking || wanted === null) return;
    seeking = true;
    const step = wanted;
    wanted = null;
    await experiment.seek(step);
    seeking = false;
    pursue();
  };

  /** How far this run has come: going back does not shorten the line. */
  const furthest = () => Math.max(store.state.step, store.state.tip);

  const draw = () => {
    const { state } = store;
    const at = dragging ? Number(range.value) : state.step;
    const part = Math.min(1, at / horizon);
    head.style.transform = `translateX(${100 * part}%)`;
    done.style.transform = `scaleX(${part})`;
  };

  const tell = paced(() => {
    if (dragging) return;
    const { step, t, number } = store.state;
    range.value = String(step);
    range.setAttribute("aria-label", t("timeline.label"));
    range.setAttribute("aria-valuetext", t("timeline.at", { step: number(step) }));
  });

  const stretch = () => {
    const { t, number } = store.state;
    const next = Math.max(SHORTEST, niceCeiling(Math.max(1, furthest() * 1.02)));
    horizon = next;
    range.max = String(horizon);
    setText(end, t("timeline.end", { step: number(horizon) }));
    layTicks();
  };

  const layTicks = () => {
    const { recipe, words, number, t, gestures } = store.state;
    if (!words) return;
    const moments = joinMoments(groupEdits(recipe?.timeline ?? [], horizon * MERGE, gestures));
    const named = roomForNames(moments.map(({ step }) => step / horizon));
    ticks.replaceChildren(
      ...moments.map(({ step, edits }, i) => {
        const names = words.edits(edits);
        const tick = element(
          "li",
          { class: `tick ${owner(edits)}${named[i] ? "" : " crowded"}` },
          element(
            "button",
            {
              type: "button",
              title: t("timeline.tick", { step: number(step), edit: names.join(t("list.separator")) }),
              onclick: () => experiment.seek(step),
            },
            element(
              "span",
              {},
              names.length > 1 ? t("timeline.names", { first: names[0], n: names.length - 1 }) : names[0],
            ),
          ),
        );
        tick.style.setProperty("--at", String(step / horizon));
        return tick;
      }),
    );
  };

  store.watch(["canUndo", "canRedo", "t"], (/** @type {any} */ { canUndo, canRedo, t }) => {
    undo.disabled = !canUndo;
    redo.disabled = !canRedo;
    undo.title = t("timeline.undo");
    redo.title = t("timeline.redo");
    undo.setAttribute("aria-label", undo.title);
    redo.setAttribute("aria-label", redo.title);
  });
  store.watch(["step"], () => {
    if (furthest() * 1.02 > horizon) stretch();
    loop.invalidate(draw);
    loop.invalidate(tell);
  });
  store.watch(["recipe", "tip", "words", "number"], () => {
    stretch();
    loop.invalidate(draw);
    loop.invalidate(tell);
  });
}

/**
 * Joins what one gesture did: consecutive edits of the same setting, close together, become the last of them.
 * @param {readonly any[]} timeline
 * @param {number} distance Steps.
 * @param {readonly { path: string, from: number, to: number }[]} [gestures] What is known to be one, however long.
 * @returns {any[]}
 */
export function groupEdits(timeline, distance, gestures = []) {
  /** @type {any[]} */
  const groups = [];
  for (const edit of timeline) {
    const last = groups.at(-1);
    const same = last && changed(last) === changed(edit);
    const isOne =
      same && gestures.some(({ path, from, to }) => path === edit.set && from <= last.step && edit.step <= to);
    if (isOne || (same && edit.step - last.step <= distance)) groups[groups.length - 1] = { ...edit, step: last.step };
    else groups.push(edit);
  }
  return groups;
}

/** What an edit changes: a setting, by its path; the one network that a step is for; the drawing. @param {any} edit */
const changed = (edit) => edit.set ?? edit.only ?? "draw";

/**
 * Edits of one step are one tick.
 * @param {readonly any[]} edits In order.
 * @returns {{ step: number, edits: any[] }[]}
 */
export function joinMoments(edits) {
  /** @type {{ step: number, edits: any[] }[]} */
  const moments = [];
  for (const edit of edits) {
    const last = moments.at(-1);
    if (last?.step === edit.step) last?.edits.push(edit);
    else moments.push({ step: edit.step, edits: [edit] });
  }
  return moments;
}

/** Room for a name, as a part of the line, and where the middle of the last one stands: undo and redo are right of it. */
const NAME = 0.13;
const LAST_NAME = 0.8;

/**
 * Which ticks can show their names without covering each other's; later ones go first, for they are what is being done.
 * @param {number[]} places Parts of the line, in order.
 */
export function roomForNames(places) {
  let next = Infinity;
  return places
    .map((_, i) => places.length - 1 - i)
    .map((i) => {
      const place = Math.min(LAST_NAME, Math.max(NAME / 2, places[i]));
      if (next - place < NAME) return false;
      next = place;
      return true;
    })
    .reverse();
}

/** @param {any[]} edits */
function owner(edits) {
  const owners = new Set(edits.map((edit) => /^(generator|discriminator)/.exec(changed(edit))?.[0] ?? "both"));
  return `of-${owners.size === 1 ? [...owners][0] : "both"}`;
}
