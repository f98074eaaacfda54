/** The colours of styles/tokens.css, as the canvas needs them. */

/** @typedef {[number, number, number]} RGB */

/**
 * @typedef {object} Palette
 * @property {string} ink
 * @property {string} ink2
 * @property {string} ink3
 * @property {string} line
 * @property {string} panel
 * @property {string} paper
 * @property {string} real
 * @property {string} fake
 * @property {string} gradient
 * @property {string} discriminator
 * @property {string} negative What is below zero inside the networks.
 * @property {Uint32Array} heat 256 colours from surely fake over undecided to surely real, as ImageData words.
 * @property {Uint32Array} difference 256 colours from too low over right to too high: of D, measured against the best one.
 * @property {string[]} scores The same as `heat` in 16 CSS colours, deeper, for dots.
 */

const NAMES = {
  ink: "--ink",
  ink2: "--ink-2",
  ink3: "--ink-3",
  line: "--line",
  panel: "--panel",
  paper: "--paper",
  real: "--real",
  fake: "--fake",
  gradient: "--gradient",
  discriminator: "--discriminator",
  negative: "--negative",
};

/**
 * Reads the tokens as they are now, light or dark.
 * @returns {Palette}
 */
export function readPalette() {
  const probe = document.createElement("i");
  document.body.append(probe);
  const read = (/** @type {string} */ name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const named = Object.fromEntries(Object.entries(NAMES).map(([key, token]) => [key, read(token)]));
  const [fake, half, real, low, high] = ["--heat-fake", "--heat-half", "--heat-real", "--heat-low", "--heat-high"].map(
    (token) => parseColour(read(token)),
  );
  const deep = [named.fake, "--ink-3", named.real].map((c) => parseColour(c.startsWith("--") ? read(c) : c));
  probe.remove();
  return /** @type {Palette} */ ({
    ...named,
    heat: heatTable(fake, half, real),
    difference: heatTable(low, half, high),
    scores: scoreTable(deep[0], deep[1], deep[2]),
  });
}

/**
 * @param {string} css "rgb(1, 2, 3)" or "color(srgb 0.1 0.2 0.3)"
 * @returns {RGB}
 */
export function parseColour(css) {
  const numbers = (css.match(/[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
  const scale = css.startsWith("color(") ? 255 : 1;
  return [numbers[0] * scale, numbers[1] * scale, numbers[2] * scale];
}

/**
 * A diverging scale: `low` at 0, `middle` at one half, `high` at 1, linear between.
 * @param {RGB} low
 * @param {RGB} middle
 * @param {RGB} high
 * @param {number} at 0 … 1
 * @returns {RGB}
 */
export function diverging(low, middle, high, at) {
  const [from, to, part] = at < 0.5 ? [low, middle, 2 * at] : [middle, high, 2 * at - 1];
  const mix = (/** @type {number} */ i) => Math.round(from[i] + (to[i] - from[i]) * part);
  return [mix(0), mix(1), mix(2)];
}

/**
 * In a balanced game D stays near one half, so small leanings get more than their share of the colour: the distance from
 * the middle is raised to this power. Ends and middle stay where they are.
 */
const LEANING = 0.6;

/** @param {number} at 0 … 1 @returns {number} */
export function emphasise(at) {
  const leaning = 2 * at - 1;
  return 0.5 + 0.5 * Math.sign(leaning) * Math.abs(leaning) ** LEANING;
}

/**
 * @param {RGB} low
 * @param {RGB} middle
 * @param {RGB} high
 */
export function heatTable(low, middle, high) {
  const bytes = new Uint8ClampedArray(4 * 256);
  for (let i = 0; i < 256; i++) {
    const [r, g, b] = diverging(low, middle, high, emphasise(i / 255));
    bytes.set([r, g, b, 255], 4 * i);
  }
  return new Uint32Array(bytes.buffer);
}

/**
 * @param {RGB} low
 * @param {RGB} middle
 * @param {RGB} high
 */
export function scoreTable(low, middle, high) {
  return Array.from({ length: 16 }, (_, i) => `rgb(${diverging(low, middle, high, emphasise(i / 15)).join(" ")})`);
}
