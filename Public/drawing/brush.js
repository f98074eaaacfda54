/** The brush on the large picture: each stroke becomes part of the target while the networks go on learning. */

import { circles } from "../canvas/marks.js";
import { Surface } from "../canvas/surface.js";
import { byId, element, icon } from "../dom.js";
import { ink, inView, strokeLength, Strokes } from "./strokes.js";

/**
 * @param {object} context
 * @param {any} context.store
 * @param {import("../loop.js").Loop} context.loop
 * @param {(stroke: import("./strokes.js").Stroke) => Promise<unknown>} context.draw Gives it to the server, in the target's coordinates.
 */
export function createBrush({ store, loop, draw }) {
  const canvas = /** @type {HTMLCanvasElement} */ (byId("layered-brush"));
  const surface = new Surface(canvas, () => loop.invalidate(paint));
  const size = element("input", { type: "range", id: "brush-size", min: "0.005", max: "0.06", step: "0.005" });
  size.value = "0.02";
  const toggle = element(
    "button",
    { type: "button", class: "icon-button", id: "brush", onclick: () => turn(!isOn) },
    icon("pencil"),
  );
  const tools = element("div", { class: "brush-tools" }, size, toggle);
  canvas.after(tools);
  // The picture below says what the pointer is on: not while that is on the tools.
  for (const name of ["pointermove", "pointerdown"]) tools.addEventListener(name, (event) => event.stopPropagation());

  let isOn = false;
  /** Strokes that the picture does not show among the real samples yet. */
  let drawing = new Strokes();
  let isDown = false;

  const turn = (/** @type {boolean} */ on) => {
    isOn = on;
    toggle.setAttribute("aria-pressed", String(on));
    canvas.hidden = size.hidden = !on;
    if (!on) forget();
  };
  const forget = () => {
    drawing = new Strokes();
    loop.invalidate(paint);
  };

  const at = (/** @type {PointerEvent} */ event) =>
    /** @type {[number, number]} */ ([event.offsetX / surface.width, 1 - event.offsetY / surface.height]);
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || isDown) return;
    canvas.setPointerCapture(event.pointerId);
    isDown = true;
    drawing.begin(Number(size.value), at(event));
    loop.invalidate(paint);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    // Every position of a fast stroke, where the browser keeps them.
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const each of passed.length > 0 ? passed : [event]) drawing.extend(at(each));
    loop.invalidate(paint);
  });
  canvas.addEventListener("lostpointercapture", async () => {
    isDown = false;
    drawing.end();
    const stroke = drawing.strokes.at(-1);
    if (stroke && !(await draw(inView(stroke, store.state.view)))) forget();
  });
  canvas.addEventListener("keydown", (event) => {
    if (event.key === "Escape") turn(false);
  });

  const paint = () => {
    const context = surface.clear();
    context.fillStyle = store.state.palette.real;
    for (const stroke of drawing.strokes) {
      const dots = ink(stroke, Math.min(600, 12 + Math.round(320 * strokeLength(stroke))));
      circles(context, Float32Array.from(dots.flatMap(([x, y]) => [2 * x - 1, 2 * y - 1])), surface.width, 1.6);
    }
  };

  // The real samples of the new target have come: they show what was drawn.
  let { target } = store.state.settings;
  let { real } = store.state.frame;
  store.watch(["settings", "frame"], (/** @type {any} */ { settings, frame }) => {
    if (isDown || frame.real === real || settings.target === target) return;
    [target, real] = [settings.target, frame.real];
    if (isOn) forget();
  });
  store.watch(["role"], (/** @type {any} */ { role }) => {
    tools.hidden = role === "watcher";
    if (tools.hidden) turn(false);
  });
  store.watch(["t"], (/** @type {any} */ { t }) => {
    toggle.title = t("brush.toggle");
    toggle.setAttribute("aria-label", t("brush.toggle"));
    size.title = t("drawing.brush");
    size.setAttribute("aria-label", t("drawing.brush"));
  });
  turn(false);
}
