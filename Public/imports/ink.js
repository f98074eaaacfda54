/** Where an image has something and where it has nothing: how far each pixel is from the background, as a density. */

/** Steps beyond what the background itself varies by. */
const MARGIN = 8;

/**
 * How much each pixel differs from the background: 0 is like it, 255 differs most. Where most of the border is
 * transparent, so is the background, and what is opaque differs from it; otherwise its colour is the border's median.
 * @param {Uint8ClampedArray} pixels RGBA, row by row.
 * @param {number} width
 * @param {number} height
 */
export function contrast(pixels, width, height) {
  const border = borderPixels(width, height);
  const median = (/** @type {number} */ channel) =>
    quantile(
      border.map((i) => pixels[4 * i + channel]),
      0.5,
    );
  const isTransparent = median(3) < 128;
  const background = [0, 1, 2].map((channel) => median(channel));
  const distances = Float32Array.from({ length: width * height }, (_, i) => {
    const alpha = pixels[4 * i + 3];
    if (isTransparent) return alpha;
    const distance = Math.hypot(...background.map((value, channel) => pixels[4 * i + channel] - value));
    return (alpha / 255) * distance;
  });
  const most = distances.reduce((a, b) => Math.max(a, b), 0);
  // Less than this is no difference that a person sees.
  if (most < 4) return new Uint8Array(width * height);
  return Uint8Array.from(distances, (distance) => Math.round((255 * distance) / most));
}

/**
 * The density of an image: its contrast, where that is above a threshold.
 * @param {Uint8Array} contrast
 * @param {number} width
 * @param {number} height
 * @param {{ threshold?: number | null, invert?: boolean }} [options] Without a threshold, one just above what the border varies by.
 * @returns {{ darkness: Uint8Array<ArrayBuffer>, threshold: number }}
 */
export function density(contrast, width, height, { threshold = null, invert = false } = {}) {
  const values = invert ? contrast.map((value) => 255 - value) : contrast;
  const least = threshold ?? (invert ? 128 : aboveBorder(contrast, width, height));
  return { darkness: values.map((value) => (value >= least ? value : 0)), threshold: least };
}

/**
 * @param {Uint8Array} contrast
 * @param {number} width
 * @param {number} height
 */
function aboveBorder(contrast, width, height) {
  const noise = quantile(
    borderPixels(width, height).map((i) => contrast[i]),
    0.9,
  );
  // A border that is full of things says nothing about noise.
  return noise > 100 ? MARGIN : noise + MARGIN;
}

/**
 * @param {number} width
 * @param {number} height
 */
function borderPixels(width, height) {
  const pixels = [];
  for (let x = 0; x < width; x++) pixels.push(x, (height - 1) * width + x);
  for (let y = 1; y < height - 1; y++) pixels.push(y * width, y * width + width - 1);
  return pixels;
}

/**
 * @param {number[]} values
 * @param {number} share
 */
function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
