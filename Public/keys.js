/** Which key was pressed, as the page's shortcuts call it. */

/** Keys by their place, for layouts and input methods that write something else there. @type {Record<string, string>} */
const byPlace = { BracketLeft: "[", BracketRight: "]", Comma: ",", Period: ".", Minus: "-", Equal: "=", Slash: "/" };
const withShift = /** @type {Record<string, string>} */ ({ "/": "?", "=": "+" });

/**
 * What the key writes, letters as capitals; where that is not ASCII (a Cyrillic layout, a Chinese input method), what
 * it would write on a US keyboard.
 * @param {Pick<KeyboardEvent, "key" | "code" | "shiftKey">} event
 * @returns {string}
 */
export function keyName({ key, code, shiftKey }) {
  if (/^[ -~]$/.test(key)) return key.toUpperCase();
  if (key.length > 1 && !["Process", "Unidentified", "Dead"].includes(key)) return key;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  const plain = letter ?? byPlace[code] ?? key;
  return shiftKey ? (withShift[plain] ?? plain) : plain;
}
