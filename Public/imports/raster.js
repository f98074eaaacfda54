/** Any image that the browser shows, SVG too, as pixels small enough to be a density. */

import { CommandError } from "../protocol/connection.js";

/** Pixels of the longer side. */
const SIDE = 192;

/**
 * @param {File} file
 * @returns {Promise<ImageData>}
 * @throws {CommandError} with code "unreadableImage".
 */
export async function raster(file) {
  const url = URL.createObjectURL(isSVG(file) ? sized(await file.text()) : file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const scale = SIDE / Math.max(image.width, image.height);
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return context.getImageData(0, 0, canvas.width, canvas.height);
  } catch {
    throw new CommandError({ code: "unreadableImage", message: file.name });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** @param {File} file */
export const isImage = (file) => file.type.startsWith("image/") || isSVG(file);

/** @param {File} file */
const isSVG = (file) => file.type === "image/svg+xml" || /\.svg$/i.test(file.name);

/**
 * An SVG whose size is in pixels, since some browsers draw none that does not say its size.
 * @param {string} text
 */
function sized(text) {
  const { documentElement: root } = new DOMParser().parseFromString(text, "image/svg+xml");
  const [, , width, height] = (root.getAttribute("viewBox") ?? "").split(/[\s,]+/).map(Number);
  const side = (/** @type {string} */ name, /** @type {number} */ otherwise) =>
    parseFloat(root.getAttribute(name)?.replace(/.*%$/, "") ?? "") || otherwise;
  const [wide, high] = [side("width", width || 300), side("height", height || 300)];
  const scale = (4 * SIDE) / Math.max(wide, high);
  if (!root.hasAttribute("viewBox")) root.setAttribute("viewBox", `0 0 ${wide} ${high}`);
  root.setAttribute("width", String(wide * scale));
  root.setAttribute("height", String(high * scale));
  return new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" });
}
