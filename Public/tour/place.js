/** Where a card stands that speaks of a part of the page. */

/** Pixels between the card, the part and the edges of the window. */
const GAP = 10;

/**
 * Beside the part where there is room: below it, above it, to its right or to its left; else over its lower end.
 * @param {{ left: number, top: number, right: number, bottom: number, width: number }} part
 * @param {{ width: number, height: number }} card
 * @param {{ width: number, height: number }} room The window.
 * @returns {{ left: number, top: number }}
 */
export function placeBeside(part, card, room) {
  const within = (/** @type {number} */ start, /** @type {number} */ size, /** @type {number} */ whole) =>
    Math.max(GAP, Math.min(start, whole - size - GAP));
  const left = within(part.left + (part.width - card.width) / 2, card.width, room.width);
  const top = within(part.top, card.height, room.height);
  if (part.bottom + 2 * GAP + card.height <= room.height) return { left, top: part.bottom + GAP };
  if (part.top - 2 * GAP - card.height >= 0) return { left, top: part.top - GAP - card.height };
  if (part.right + 2 * GAP + card.width <= room.width) return { left: part.right + GAP, top };
  if (part.left - 2 * GAP - card.width >= 0) return { left: part.left - GAP - card.width, top };
  return { left, top: within(room.height, card.height, room.height) };
}
