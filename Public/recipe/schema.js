/** What the page needs to know of a setting, read from the schema that the server sends. No setting is listed here. */

import { besidePage } from "../protocol/address.js";

/**
 * @typedef {object} Field
 * @property {string} path
 * @property {"experiment" | "noise" | "generator" | "discriminator" | "loss" | "penalty"} group
 * @property {string} label
 * @property {string} help
 * @property {string | null} [formula]
 * @property {"integer" | "number" | "flag" | "choice" | "widths" | "target"} kind
 * @property {number} [min]
 * @property {number} [max]
 * @property {boolean} [logarithmic]
 * @property {boolean} [zero] 0 is allowed beside the range and means off.
 * @property {{ value: string, label: string, help: string, formula?: string | null, companions?: Record<string, unknown> }[]} [choices]
 * @property {[number, number]} [layers]
 * @property {[number, number]} [neurons]
 * @property {any} default
 * @property {boolean} restarts
 * @property {{ path: string, values: string[] }} [needs] The setting that has to be one of these, or not 0, for this one to count.
 */

/** @typedef {{ value: string, label: string, help: string, view: import("../protocol/frame.js").View, modes: number | null, thumbnail: [number, number][] }} TargetInfo */
/** @typedef {{ id: number, name: string, label: string, help: string, better: "lower" | "higher" }} MetricInfo */
/** @typedef {{ name: string, label: string, help: string, settings?: Record<string, any>, recipe?: any, step?: number }} Preset */
/** @typedef {{ fields: Field[], targets: TargetInfo[], presets: Preset[], noiseGrid: Record<string, [number, number]>, layers: string[], metrics?: MetricInfo[], limits: Record<string, any>, exports?: string[] }} Schema */

/**
 * Whether a setting has any effect under the others.
 * @param {Field} field
 * @param {Record<string, any>} settings
 */
export function counts({ needs }, settings) {
  if (!needs) return true;
  const value = settings[needs.path];
  return needs.values.length > 0 ? needs.values.includes(value) : Boolean(value);
}

/**
 * A number as a person writes it: no more digits than it has, 1e-7 only when the zeros would blur.
 * @param {number} value
 */
export function formatNumber(value) {
  if (!Number.isFinite(value)) return "–";
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-5 || size >= 1e7))
    return value
      .toExponential(2)
      .replace(/\.?0+e/, "e")
      .replace("e+", "e");
  return String(Number(value.toPrecision(4)));
}

/**
 * A number with so many decimals, and never a minus before nothing but zeros.
 * @param {number} value
 * @param {number} digits
 */
export function fixed(value, digits) {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

/**
 * What the person typed, or null if it is no value of this field's kind. Ranges are the server's business: it says
 * precisely what is wrong, and a second opinion here could only disagree.
 * @param {Field} field
 * @param {string} text
 * @returns {number | number[] | null}
 */
export function parseValue(field, text) {
  if (field.kind === "widths") {
    const numbers = text
      .split(/[\s,;×x-]+/)
      .filter(Boolean)
      .map(Number);
    return numbers.every(Number.isInteger) ? numbers : null;
  }
  const value = Number(text.trim().replace(",", "."));
  if (text.trim() === "" || !Number.isFinite(value)) return null;
  return field.kind === "integer" && !Number.isInteger(value) ? null : value;
}

/** Mantissas of the values a logarithmic field steps through. */
const MANTISSAS = [1, 1.5, 2, 3, 5, 7];

/**
 * The next value up or down, as an arrow key or one notch of a drag moves it.
 * @param {Field} field
 * @param {number} value
 * @param {number} notches Negative is down.
 */
export function nudge(field, value, notches) {
  const { min = -Infinity, max = Infinity } = field;
  if (field.kind === "integer") return clamp(Math.round(value + notches), min, max);
  if (field.logarithmic) {
    if (value <= 0) return notches > 0 ? notchValue(notch(min) + notches - 1) : 0;
    const next = notchValue(notch(value) + notches);
    if (next < min * 0.999) return field.zero ? 0 : min;
    return Math.min(next, max);
  }
  const width = (max - min) / 100;
  const next = clamp(Number((value + notches * width).toPrecision(6)), min, max);
  return field.zero && value + notches * width < min ? 0 : next;
}

/**
 * Position of a positive value on the ladder … 0.7, 1, 1.5, 2, 3, 5, 7, 10 …
 * @param {number} value
 */
function notch(value) {
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  const mantissa = value / 10 ** exponent;
  let nearest = 0;
  MANTISSAS.forEach((m, i) => {
    if (Math.abs(m - mantissa) < Math.abs(MANTISSAS[nearest] - mantissa)) nearest = i;
  });
  return exponent * MANTISSAS.length + (10 - mantissa < mantissa - 7 ? MANTISSAS.length : nearest);
}

/** @param {number} position */
function notchValue(position) {
  const exponent = Math.floor(position / MANTISSAS.length);
  return Number((MANTISSAS[position - exponent * MANTISSAS.length] * 10 ** exponent).toPrecision(2));
}

/**
 * @param {number} value
 * @param {number} min
 * @param {number} max
 */
export function clamp(value, min, max) {
  return Math.min(max, Math.max(min, value));
}

/**
 * A value as the page shows it beside its label.
 * @param {Field} field
 * @param {any} value
 * @param {{ choice: (field: Field, value: string) => string, on: string, off: string, none: string }} words
 * @returns {string}
 */
export function formatValue(field, value, words) {
  switch (field.kind) {
    case "choice":
      return words.choice(field, value);
    case "flag":
      return value ? words.on : words.off;
    case "widths":
      return value.length === 0 ? words.none : value.join(", ");
    case "target":
      return words.choice(field, value);
    default:
      return field.zero && value === 0 ? words.off : formatNumber(value);
  }
}

/**
 * Two targets are the same if they are written the same.
 * @param {unknown} a
 * @param {unknown} b
 */
export function sameValue(a, b) {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/**
 * Asks for the schema until the server has one to give.
 * @returns {Promise<Schema>}
 */
export async function loadSchema() {
  for (;;) {
    const response = await fetch(besidePage("api/schema")).catch(() => null);
    if (response?.ok) return response.json();
    await new Promise((resolve) => {
      setTimeout(resolve, 1000);
    });
  }
}
