/** Opens a file that somebody chose or dropped on the page: a recipe, a model, points or an image. */

import { recipeIn, uploadModel } from "../protocol/api.js";
import { createImportDialog } from "./dialog.js";
import { isImage } from "./raster.js";

/**
 * @param {object} context
 * @param {any} context.store
 * @param {import("../experiment.js").Experiment} context.experiment
 * @param {(error: unknown) => void} context.refused
 * @returns {(file: File) => Promise<void>}
 */
export function createOpening({ store, experiment, refused }) {
  const dialog = createImportDialog({
    store,
    apply: (target) => experiment.set("target", target).catch(refused),
  });

  const open = async (/** @type {File} */ file) => {
    try {
      if (isImage(file)) return dialog.open(file, "image");
      if (file.name.endsWith(".safetensors")) return await experiment.join(await uploadModel(file));
      const found = file.size <= MAXIMUM_RECIPE ? recipeIn(await file.text()) : null;
      if (found) await experiment.load(found.recipe, found.step);
      else dialog.open(file, "points");
    } catch (error) {
      refused(error);
    }
  };

  document.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const [file] = event.dataTransfer?.files ?? [];
    if (!file) return;
    event.preventDefault();
    if (!document.querySelector("dialog:modal")) open(file);
  });
  return open;
}

/** Bytes of the largest recipe that the server reads. */
const MAXIMUM_RECIPE = 2 ** 22;
