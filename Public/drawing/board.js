/** The drawing board: a dialog with a square to draw in by mouse, pen, touch or arrow keys. */

import { circles } from "../canvas/marks.js";
import { Surface } from "../canvas/surface.js";
import { element } from "../dom.js";
import { ink, strokeLength, Strokes } from "./strokes.js";

/** How far an arrow key moves the keyboard's pen. */
const KEY_STEP = 0.02;

/**
 * @param {object} context
 * @param {any} context.store
 * @param {import("../loop.js").Loop} context.loop
 * @param {(target: any) => void} context.apply
 * @returns {{ open: () => void }}
 */
export function createBoard({ store, loop, apply }) {
  const drawing = new Strokes();
  const t = (/** @type {string} */ key) => store.state.t(key);
  const canvas = element("canvas", { id: "drawing-canvas", tabIndex: 0, role: "application" });
  const surface = new Surface(canvas, () => loop.invalidate(paint));
  const brush = element("input", {
    type: "range",
    id: "drawing-brush",
    min: "0.005",
    max: "0.06",
    step: "0.005",
    value: "0.02",
  });
  const undo = element("button", {
    type: "button",
    id: "drawing-undo",
    class: "button",
    onclick: () => change(() => drawing.undo()),
  });
  const clear = element("button", {
    type: "button",
    id: "drawing-clear",
    class: "button",
    onclick: () => change(() => drawing.clear()),
  });
  const accept = element("button", { type: "button", id: "drawing-apply", class: "button primary" });
  const cancel = element("button", {
    type: "button",
    id: "drawing-cancel",
    class: "button",
    onclick: () => dialog.close(),
  });
  const title = element("h2", { id: "drawing-title" });
  const hint = element("p", { class: "hint", id: "drawing-hint" });
  const brushLabel = element("span");
  const dialog = element(
    "dialog",
    { class: "board", id: "drawing-dialog", "aria-labelledby": "drawing-title", "aria-describedby": "drawing-hint" },
    title,
    hint,
    canvas,
    element("div", { class: "board-tools" }, element("label", { class: "brush" }, brushLabel, brush), undo, clear),
    element("div", { class: "board-actions" }, cancel, accept),
  );
  document.body.append(dialog);

  /** The keyboard's pen. */
  const pen = { x: 0.5, y: 0.5, down: false, shown: false };
  const width = () => Number(brush.value);

  const change = (/** @type {() => void} */ action) => {
    action();
    undo.disabled = !drawing.undoable;
    clear.disabled = accept.disabled = drawing.empty;
    hint.textContent = t(drawing.empty ? "drawing.empty" : "drawing.hint");
    loop.invalidate(paint);
  };

  accept.onclick = () => {
    dialog.close();
    apply(drawing.target());
  };

  const at = (/** @type {PointerEvent} */ event) =>
    /** @type {[number, number]} */ ([event.offsetX / surface.width, 1 - event.offsetY / surface.height]);
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    pen.shown = false;
    change(() => drawing.begin(width(), at(event)));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    // Every position of a fast stroke, where the browser keeps them.
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const each of passed.length > 0 ? passed : [event]) drawing.extend(at(each));
    loop.invalidate(paint);
  });
  canvas.addEventListener("lostpointercapture", () => change(() => drawing.end()));
  canvas.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (event.key === " ") {
      event.preventDefault();
      pen.down = !pen.down;
      change(() => (pen.down ? drawing.begin(width(), [pen.x, pen.y]) : drawing.end()));
    } else if (move) {
      event.preventDefault();
      pen.x = Math.min(1, Math.max(0, pen.x + KEY_STEP * move[0]));
      pen.y = Math.min(1, Math.max(0, pen.y + KEY_STEP * move[1]));
      if (pen.down) drawing.extend([pen.x, pen.y]);
    } else if ((event.ctrlKey || event.metaKey) && event.key === "z") {
      return change(() => drawing.undo());
    } else return;
    pen.shown = true;
    loop.invalidate(paint);
  });

  const paint = () => {
    const context = surface.clear();
    const side = surface.width;
    const { palette } = store.state;
    context.fillStyle = palette.real;
    for (const stroke of drawing.strokes) {
      const dots = ink(stroke, Math.min(600, 12 + Math.round(320 * strokeLength(stroke))));
      circles(context, Float32Array.from(dots.flatMap(([x, y]) => [2 * x - 1, 2 * y - 1])), side, 1.6);
    }
    if (!pen.shown) return;
    context.strokeStyle = pen.down ? palette.real : palette.ink2;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(pen.x * side, (1 - pen.y) * side, 6, 0, 2 * Math.PI);
    context.stroke();
  };

  store.watch(["t"], () => {
    title.textContent = t("drawing.title");
    canvas.setAttribute("aria-label", t("drawing.canvas"));
    brushLabel.textContent = t("drawing.brush");
    undo.textContent = t("drawing.undo");
    clear.textContent = t("drawing.clear");
    accept.textContent = t("drawing.apply");
    cancel.textContent = t("drawing.cancel");
  });

  return {
    open() {
      change(() => {});
      dialog.showModal();
      canvas.focus();
    },
  };
}
