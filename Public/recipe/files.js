/** Files that the page itself writes. */

/**
 * @param {any} recipe
 * @param {number} step
 */
export function recipeFile(recipe, step) {
  return `${JSON.stringify({ recipe, step }, null, 2)}\n`;
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
