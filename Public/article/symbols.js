/**
 * Links what the text says to what the model shows: whatever carries `data-part` is lit together with the part of that
 * name, when pointed at, touched or reached with the keyboard.
 */

/**
 * @param {HTMLElement} root
 * @param {(part: string | null) => void} point
 * @returns {(part: string | null) => void} Lights the symbols of a part.
 */
export function linkSymbols(root, point) {
  const partOf = (/** @type {EventTarget | null} */ target) =>
    target instanceof Element ? (target.closest("[data-part]")?.getAttribute("data-part") ?? null) : null;
  root.addEventListener("pointerover", ({ target }) => point(partOf(target)));
  root.addEventListener("pointerleave", () => point(null));
  for (const math of root.querySelectorAll("math[display]")) walkable(math, point);
  return (part) => {
    for (const symbol of root.querySelectorAll("[data-part]"))
      symbol.classList.toggle("lit", symbol.getAttribute("data-part") === part);
  };
}

/**
 * A displayed formula is one stop of the Tab key; the arrow keys go through its symbols.
 * @param {Element} math
 * @param {(part: string | null) => void} point
 */
function walkable(math, point) {
  const stops = [...math.querySelectorAll("[data-part]")];
  if (stops.length === 0) return;
  let at = 0;
  const stop = () => point(stops[at].getAttribute("data-part"));
  math.setAttribute("tabindex", "0");
  math.addEventListener("focus", () => {
    at = 0;
    stop();
  });
  math.addEventListener("blur", () => point(null));
  math.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[/** @type {KeyboardEvent} */ (event).key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation(); // The arrow would step the experiment.
    at = (at + by + stops.length) % stops.length;
    stop();
  });
}
