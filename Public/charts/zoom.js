/** Dragging across a chart picks a stretch of steps; a double click shows the whole run again. */

/** A drag shorter than this is a click. */
const SHORTEST_DRAG = 5;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {object} handlers
 * @param {(part: number) => number} handlers.stepAt The step at this part of the width.
 * @param {(steps: [number, number] | null) => void} handlers.selecting What would be picked if the drag ended now.
 * @param {(steps: [number, number] | null) => void} handlers.zoom null shows everything.
 */
export function zoomByDrag(canvas, { stepAt, selecting, zoom }) {
  canvas.addEventListener("pointerdown", (down) => {
    if (down.button !== 0) return;
    const width = canvas.clientWidth;
    const range = (/** @type {PointerEvent} */ event) => {
      if (Math.abs(event.offsetX - down.offsetX) < SHORTEST_DRAG) return null;
      const ends = [down.offsetX, event.offsetX]
        .map((x) => Math.min(1, Math.max(0, x / width)))
        .sort((a, b) => a - b)
        .map(stepAt);
      return /** @type {[number, number]} */ (ends);
    };
    const move = (/** @type {PointerEvent} */ event) => {
      const steps = range(event);
      if (steps) canvas.setPointerCapture(down.pointerId);
      selecting(steps);
    };
    const up = (/** @type {PointerEvent} */ event) => {
      canvas.removeEventListener("pointermove", move);
      const steps = event.type === "pointerup" ? range(event) : null;
      selecting(null);
      if (steps && steps[1] > steps[0]) zoom(steps);
    };
    canvas.addEventListener("pointermove", move);
    canvas.addEventListener("pointerup", up, { once: true });
    canvas.addEventListener("pointercancel", up, { once: true });
  });
  canvas.addEventListener("dblclick", () => zoom(null));
}
