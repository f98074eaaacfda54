/** The menu that takes the experiment out of the lab and brings one in: link, recipe, picture, numbers. */

import { byId, element } from "../dom.js";
import { download, metricsCSV, parseRecipeFile, recipeFile } from "../recipe/files.js";

/**
 * @param {object} context
 * @param {any} context.store
 * @param {import("../experiment.js").Experiment} context.experiment
 * @param {(key: string, kind?: "info" | "error") => void} context.tell Shows a text of the language file.
 * @param {() => Promise<void>} context.updateAddress Brings the address bar up to this moment.
 */
export function createShare({ store, experiment, tell, updateAddress }) {
  const menu = byId("share-menu");
  const file = element("input", { type: "file", id: "recipe-file", accept: "application/json,.json", hidden: true });
  const name = (/** @type {string} */ extension) => `gan-lab-${store.state.step}.${extension}`;

  const copyLink = async () => {
    await updateAddress();
    try {
      await navigator.clipboard.writeText(location.href);
      tell("link.copied");
    } catch {
      tell("link.inAddress"); // Without a secure context there is no clipboard; the address bar has the link all the same.
    }
  };
  const items = {
    "copy-link": copyLink,
    "save-recipe": () => download(name("json"), new Blob([recipeFile(store.state.recipe, store.state.step)], { type: "application/json" })),
    "load-recipe": () => file.click(),
    "save-picture": async () => download(name("png"), await picture(store.state.palette.paper)),
    "save-metrics": () => download(name("csv"), new Blob([metricsCSV(store.state.history.points)], { type: "text/csv" })),
  };

  file.addEventListener("change", async () => {
    const [chosen] = file.files ?? [];
    file.value = "";
    if (!chosen) return;
    try {
      const { recipe, step } = parseRecipeFile(await chosen.text());
      await experiment.load(recipe, step);
    } catch {
      tell("share.notRecipe", "error");
    }
  });

  store.watch(["t"], (/** @type {any} */ { t }) => {
    menu.replaceChildren(...Object.entries(items).map(([id, run]) =>
      element("button", { type: "button", class: "menu-item", id, onclick: () => { menu.hidePopover(); run(); } }, t(`share.${id}`))), file);
  });
}

/**
 * The layered view as one image, as it is seen now.
 * @param {string} paper Colour beneath it.
 * @returns {Promise<Blob>}
 */
function picture(paper) {
  const layers = ["layered-heatmap", "layered-real", "layered-fake"].map((id) => /** @type {HTMLCanvasElement} */ (byId(id)));
  const canvas = element("canvas", { width: layers[0].width, height: layers[0].height });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.fillStyle = paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const layer of layers) context.drawImage(layer, 0, 0);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"));
}
