/** The menu that takes the experiment out of the lab and brings one in: link, files, gallery. */

import { byId, element } from "../dom.js";
import { fetchFile, readFile } from "../protocol/api.js";
import { download, recipeFile } from "../recipe/files.js";

/**
 * @param {object} context
 * @param {any} context.store
 * @param {import("../experiment.js").Experiment} context.experiment
 * @param {(key: string, kind?: "info" | "error") => void} context.tell Shows a text of the language file.
 * @param {(error: unknown) => void} context.refused
 * @param {() => Promise<void>} context.updateAddress Brings the address bar up to this moment.
 * @param {{ open: () => void, openForm: () => void }} context.gallery
 */
export function createShare({ store, experiment, tell, refused, updateAddress, gallery }) {
  const menu = byId("share-menu");
  const file = element("input", { type: "file", id: "open-file", accept: ".json,.csv,.tsv,.txt,.safetensors,image/*", hidden: true });
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
    "save-gallery": gallery.openForm,
    "open-gallery": gallery.open,
    "open-files": () => file.click(),
    "save-recipe": () => download(name("json"), new Blob([recipeFile(store.state.recipe, store.state.step)], { type: "application/json" })),
    "save-picture": async () => download(name("png"), await picture(store.state.palette.paper)),
  };
  /** What the page writes itself, as it is seen here; what no page can open again; and what takes the lab a while. */
  const own = ["recipe", "picture.png", "checkpoint", "film.gif"];
  let filming = false;
  const film = async () => {
    if (filming) return;
    filming = true;
    tell("film.underway");
    await fetchFile(`api/sessions/${store.state.session}/film.gif`).then((blob) => {
      download(name("gif"), blob);
      tell("film.done");
    }, refused);
    filming = false;
  };

  file.addEventListener("change", async () => {
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    try {
      const found = await readFile(chosen);
      if ("recipe" in found) await experiment.load(found.recipe, found.step);
      else if ("target" in found) await experiment.set("target", found.target);
      else await experiment.join(found.session);
    } catch (error) {
      refused(error);
    }
    file.value = "";
  });

  store.watch(["t", "schema", "session"], (/** @type {any} */ { t, schema, session }) => {
    const exports = /** @type {string[]} */ (schema?.exports ?? []).filter((kind) => !own.includes(kind));
    menu.replaceChildren(
      ...Object.entries(items).map(([id, run]) => element("button", { type: "button", class: "menu-item", id, onclick: () => { menu.hidePopover(); run(); } }, t(`share.${id}`))),
      ...exports.map((kind) => element("a", { class: "menu-item", id: `export-${kind.replace(".", "-")}`, href: `api/sessions/${session}/${kind}`, download: "", onclick: () => menu.hidePopover() },
        t(`share.export.${kind}`), t.has(`share.hint.${kind}`) ? element("span", { class: "hint" }, t(`share.hint.${kind}`)) : null)),
      element("button", { type: "button", class: "menu-item", id: "export-film-gif", onclick: () => { menu.hidePopover(); film(); } }, t("share.export.film.gif")),
      file);
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
