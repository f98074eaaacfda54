/** The menu that takes the experiment out of the lab and brings one in: link, files, gallery. */

import { byId, element } from "../dom.js";
import { fetchFile } from "../protocol/api.js";
import { download, recipeFile } from "../recipe/files.js";

/**
 * @param {object} context
 * @param {any} context.store
 * @param {(key: string, kind?: "info" | "error") => void} context.tell Shows a text of the language file.
 * @param {(error: unknown) => void} context.refused
 * @param {() => Promise<void>} context.updateAddress Brings the address bar up to this moment.
 * @param {(file: File) => Promise<void>} context.openFile
 * @param {() => void} context.openForm To save to the gallery.
 * @param {(context: CanvasRenderingContext2D, side: number) => void} context.paint The picture, as it is now.
 */
export function createShare({ store, tell, refused, updateAddress, openFile, openForm, paint }) {
  const menu = byId("share-menu");
  const file = element("input", {
    type: "file",
    id: "open-file",
    accept: ".json,.jsonl,.ndjson,.csv,.tsv,.txt,.dat,.safetensors,.svg,image/*",
    hidden: true,
  });
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

  /** What the page does itself. @type {Record<string, () => unknown>} */
  const actions = {
    "copy-link": copyLink,
    "save-gallery": openForm,
    "open-files": () => file.click(),
    "save-recipe": () =>
      download(
        name("json"),
        new Blob([recipeFile(store.state.recipe, store.state.step)], { type: "application/json" }),
      ),
    "save-picture": async () => download(name("png"), await picture(paint, store.state.palette.paper)),
    "export-film-gif": film,
  };
  /** Everything in the menu, in groups; what has no action here the server makes, if it does. @type {Record<string, string[]>} */
  const groups = {
    link: ["copy-link", "open-files"],
    save: ["save-gallery", "save-recipe", "export-safetensors", "export-model-zip"],
    picture: ["save-picture", "export-picture-svg", "export-film-gif"],
    data: [
      "export-samples-csv",
      "export-samples-many",
      "export-samples-excel",
      "export-metrics-csv",
      "export-metrics-excel",
    ],
  };
  /** Tables in another form than the usual one. @type {[string, string][]} */
  const variants = [
    ["export-samples-many", "samples.csv?count=100000"],
    ["export-samples-excel", "samples.csv?format=excel"],
    ["export-metrics-excel", "metrics.csv?format=excel"],
  ];

  file.addEventListener("change", async () => {
    const [chosen] = file.files ?? [];
    if (chosen) await openFile(chosen);
    file.value = "";
  });

  store.watch(["t", "schema", "session"], (/** @type {any} */ { t, schema, session }) => {
    const kinds = schema?.exports ?? [];
    const exports = new Map([
      ...kinds.map((/** @type {string} */ kind) => [`export-${kind.replace(".", "-")}`, kind]),
      ...variants.filter(([, kind]) => kinds.includes(kind.split("?")[0])),
    ]);
    const item = (/** @type {string} */ id) => {
      const run = actions[id];
      const kind = exports.get(id);
      const text = t(kind ? `share.export.${kind}` : `share.${id}`);
      if (run)
        return element(
          "button",
          {
            type: "button",
            class: "menu-item",
            id,
            onclick: () => {
              menu.hidePopover();
              run();
            },
          },
          text,
        );
      return kind
        ? element(
            "a",
            {
              class: "menu-item",
              id,
              href: `api/sessions/${session}/${kind}`,
              download: "",
              onclick: () => menu.hidePopover(),
            },
            text,
            t.has(`share.hint.${kind}`) ? element("span", { class: "hint" }, t(`share.hint.${kind}`)) : null,
          )
        : null;
    };
    menu.replaceChildren(
      ...Object.entries(groups).flatMap(([group, ids]) => [
        element("h2", {}, t(`share.group.${group}`)),
        ...ids.map(item).filter((each) => each !== null),
      ]),
      file,
    );
  });
}

/** Pixels a side of a saved picture. */
const PICTURE_SIDE = 1600;

/**
 * The layered view as one image, as it is seen now but large enough to print.
 * @param {(context: CanvasRenderingContext2D, side: number) => void} paint
 * @param {string} paper Colour beneath it.
 * @returns {Promise<Blob>}
 */
function picture(paint, paper) {
  const canvas = element("canvas", { width: PICTURE_SIDE, height: PICTURE_SIDE });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.fillStyle = paper;
  context.fillRect(0, 0, PICTURE_SIDE, PICTURE_SIDE);
  paint(context, PICTURE_SIDE);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"),
  );
}
