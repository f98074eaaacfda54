/** The experiment as files: what is saved, and what is read back. */

/** @typedef {import("../protocol/frame.js").HistoryPoint} HistoryPoint */

/**
 * @param {any} recipe
 * @param {number} step
 */
export function recipeFile(recipe, step) {
  return `${JSON.stringify({ recipe, step }, null, 2)}\n`;
}

/**
 * @param {string} text What a recipe file holds; a bare recipe is read as well.
 * @returns {{ recipe: any, step: number }}
 * @throws {Error} if it is no recipe.
 */
export function parseRecipeFile(text) {
  const value = JSON.parse(text);
  const recipe = value?.recipe ?? value;
  if (typeof recipe !== "object" || recipe === null || typeof recipe.settings !== "object") throw new Error("no recipe");
  return { recipe, step: Number.isInteger(value.step) ? value.step : 0 };
}

/**
 * The charts as comma-separated values, one row a point.
 * @param {readonly HistoryPoint[]} points
 */
export function metricsCSV(points) {
  const columns = /** @type {(keyof HistoryPoint)[]} */ (["step", "dLoss", "gLoss", "kl", "js", "slicedWasserstein", "modes"]);
  const cell = (/** @type {number} */ value) => (Number.isFinite(value) ? String(value) : "");
  return [columns.join(","), ...points.map((point) => columns.map((column) => cell(point[column])).join(","))].join("\n") + "\n";
}

/**
 * Hands a file to the browser's downloads.
 * @param {string} name
 * @param {Blob} blob
 */
export function download(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The download has its own hold on the data by the next turn of the loop.
  setTimeout(() => URL.revokeObjectURL(link.href));
}
