/** The lab's plain HTTP: files in, the gallery, and refusals in the form of the commands'. */

import { besidePage } from "./address.js";
import { CommandError } from "./connection.js";
import { ownerToken } from "./owner.js";

/**
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<any>} The answer's JSON.
 * @throws {CommandError} with the server's own words, or code "offline".
 */
export async function api(path, options = {}) {
  const response = await fetch(besidePage(path), options).catch(() => null);
  if (!response) throw new CommandError({ code: "offline", message: "offline" });
  if (!response.ok) throw await refusal(response);
  return response.json().catch(() => ({}));
}

/**
 * A file that the lab makes.
 * @param {string} path
 * @throws {CommandError} as `api` does.
 */
export async function fetchFile(path) {
  const response = await fetch(besidePage(path)).catch(() => null);
  if (!response) throw new CommandError({ code: "offline", message: "offline" });
  if (!response.ok) throw await refusal(response);
  return response.blob();
}

/** @param {Response} response */
async function refusal(response) {
  const body = await response.json().catch(() => ({}));
  return new CommandError(body.error ?? { code: "http", message: `${response.status} ${response.statusText}` });
}

/**
 * What a file of somebody's holds, as something to open: a recipe, a target, or a session made from a checkpoint.
 * @param {File} file
 * @returns {Promise<{ recipe: any, step: number } | { target: any } | { session: string }>}
 */
export async function readFile(file) {
  if (file.type.startsWith("image/"))
    return api(`api/import/density?columns=${CELLS}&rows=${CELLS}`, { method: "POST", body: await darkness(file) });
  if (file.name.endsWith(".safetensors"))
    return api("api/import/safetensors", { method: "POST", body: file, headers: { "X-Owner": ownerToken() } });
  const text = await file.text();
  return recipeIn(text) ?? api("api/import/points", { method: "POST", body: text });
}

/**
 * @param {string} text
 * @returns {{ recipe: any, step: number } | null} null if it is no recipe file.
 */
export function recipeIn(text) {
  try {
    const value = JSON.parse(text);
    const recipe = value?.recipe ?? value;
    if (typeof recipe?.settings !== "object" || recipe.settings === null) return null;
    return { recipe, step: Number.isInteger(value.step) ? value.step : 0 };
  } catch {
    return null;
  }
}

/** Cells a side into which an image is averaged. */
const CELLS = 96;

/**
 * How dark an image is in each cell, top row first; it is drawn whole, on white.
 * @param {Blob} file
 */
async function darkness(file) {
  const image = await createImageBitmap(file).catch(() => {
    throw new CommandError({ code: "unreadableImage", message: file.type });
  });
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = CELLS;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.fillStyle = "white";
  context.fillRect(0, 0, CELLS, CELLS);
  const scale = CELLS / Math.max(image.width, image.height);
  const [width, height] = [image.width * scale, image.height * scale];
  context.imageSmoothingQuality = "high";
  context.drawImage(image, (CELLS - width) / 2, (CELLS - height) / 2, width, height);
  const { data } = context.getImageData(0, 0, CELLS, CELLS);
  return Uint8Array.from(
    { length: CELLS * CELLS },
    (_, i) => 255 - Math.round(0.2126 * data[4 * i] + 0.7152 * data[4 * i + 1] + 0.0722 * data[4 * i + 2]),
  );
}
