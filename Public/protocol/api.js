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
 * Has a session made from a checkpoint.
 * @param {File} file
 * @returns {Promise<string>} The session's name.
 * @throws {CommandError} as `api` does.
 */
export async function uploadModel(file) {
  const options = { method: "POST", body: file, headers: { "X-Owner": ownerToken() } };
  return (await api("api/import/safetensors", options)).session;
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
