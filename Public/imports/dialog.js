/** The import dialog: what a file of points or an image becomes as a target, before it replaces the one that trains. */

import { circles } from "../canvas/marks.js";
import { Surface } from "../canvas/surface.js";
import { element, setText } from "../dom.js";
import { api } from "../protocol/api.js";
import { CommandError } from "../protocol/connection.js";
import { contrast, density } from "./ink.js";
import { raster } from "./raster.js";
import { reportLines } from "./report.js";

/** Milliseconds without a change before the preview follows. */
const PAUSE = 150;

const ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "gb18030", "windows-1252"];

/**
 * @param {object} context
 * @param {any} context.store
 * @param {(target: any) => void} context.apply
 * @returns {{ open: (file: File, kind: "points" | "image") => void }}
 */
export function createImportDialog({ store, apply }) {
  const t = (/** @type {string} */ key, values = {}) => store.state.t(key, values);
  const title = element("h2", { id: "import-title" });
  const canvas = element("canvas", { id: "import-preview", role: "img" });
  const surface = new Surface(canvas, () => paint());
  const report = element("ul", { class: "import-report", id: "import-report", role: "status" });
  const problem = element("p", { class: "import-problem", id: "import-problem", role: "alert" });
  const chooseX = element("select", { id: "import-x" });
  const chooseY = element("select", { id: "import-y" });
  const scaling = element("select", { id: "import-scaling" });
  const encoding = element("select", { id: "import-encoding" });
  const threshold = element("input", { type: "range", id: "import-threshold", min: "0", max: "255" });
  const invert = element("input", { type: "checkbox", id: "import-invert" });
  const cancel = element("button", { type: "button", id: "import-cancel", class: "button" });
  const use = element("button", { type: "button", id: "import-use", class: "button primary" });

  const labelled = (/** @type {HTMLElement} */ control, /** @type {string} */ key) => ({
    row: element("label", { class: "import-row" }, element("span", { dataset: { key } }), control),
  });
  const rows = {
    /** Once the columns are known. */
    columns: [labelled(chooseX, "import.x"), labelled(chooseY, "import.y"), labelled(scaling, "import.scaling")],
    points: [labelled(encoding, "import.encoding")],
    image: [labelled(threshold, "import.threshold"), labelled(invert, "import.invert")],
  };
  const dialog = element(
    "dialog",
    { class: "import", id: "import-dialog", "aria-labelledby": "import-title" },
    title,
    element(
      "div",
      { class: "import-body" },
      canvas,
      element(
        "div",
        { class: "import-choices" },
        ...[...rows.columns, ...rows.points, ...rows.image].map(({ row }) => row),
        report,
        problem,
      ),
    ),
    element("div", { class: "board-actions" }, cancel, use),
  );
  document.body.append(dialog);

  let file = /** @type {File | null} */ (null);
  let kind = /** @type {"points" | "image"} */ ("points");
  /** The target that the choices lead to; null while there is none. @type {any} */
  let target = null;
  /** What was made of a file of points. @type {import("./report.js").Report | null} */
  let made = null;
  let refusal = /** @type {CommandError | null} */ (null);
  /** An image that was decoded. @type {{ width: number, height: number, contrast: Uint8Array } | null} */
  let picture = null;
  /** Answers to an older question than the last are not shown. */
  let asked = 0;
  let timer = 0;

  const ask = async (/** @type {() => Promise<any>} */ question) => {
    const number = ++asked;
    use.disabled = true;
    const [answer, error] = await question().then(
      (answer) => [answer, null],
      (error) => [null, error],
    );
    if (number !== asked) return;
    if (error && !(error instanceof CommandError)) throw error;
    refusal = error;
    target = answer?.target ?? null;
    if (answer?.report) made = answer.report;
    show();
  };

  const askPoints = (/** @type {Record<string, string>} */ choices) =>
    ask(() => api(`api/import/points?${new URLSearchParams(choices)}`, { method: "POST", body: file }));

  const askImage = (/** @type {number | null} */ least) =>
    ask(async () => {
      if (!picture) {
        const { width, height, data } = await raster(/** @type {File} */ (file));
        picture = { width, height, contrast: contrast(data, width, height) };
      }
      const { width, height } = picture;
      const found = density(picture.contrast, width, height, { threshold: least, invert: invert.checked });
      threshold.value = String(found.threshold);
      if (!found.darkness.some((value) => value > 0)) throw new CommandError({ code: "plainImage", message: "" });
      return api(`api/import/density?columns=${width}&rows=${height}`, { method: "POST", body: found.darkness });
    });

  const choices = () => ({
    x: chooseX.value,
    y: chooseY.value,
    scaling: scaling.value,
    encoding: encoding.value,
  });
  for (const control of [chooseX, chooseY, scaling]) control.onchange = () => askPoints(choices());
  // In another encoding the columns may be others.
  encoding.onchange = () => askPoints({ encoding: encoding.value });
  invert.onchange = () => askImage(null);
  threshold.oninput = () => {
    clearTimeout(timer);
    use.disabled = true;
    timer = setTimeout(() => askImage(Number(threshold.value)), PAUSE);
  };
  cancel.onclick = () => dialog.close();
  use.onclick = () => {
    const chosen = target;
    dialog.close();
    apply(chosen);
  };
  dialog.addEventListener("close", () => {
    clearTimeout(timer);
    asked++;
    file = picture = target = made = null;
  });

  const paint = () => {
    const context = surface.clear();
    if (!target) return;
    context.fillStyle = store.state.palette.real;
    const points = Float32Array.from(target.points.flatMap((/** @type {number[]} */ [x, y]) => [2 * x - 1, 2 * y - 1]));
    circles(context, points, surface.width, points.length > 4000 ? 0.8 : 1.6);
  };

  const show = () => {
    use.disabled = target === null;
    for (const { row } of rows.image) row.hidden = kind !== "image";
    for (const { row } of rows.columns) row.hidden = !made;
    for (const { row } of rows.points) row.hidden = kind !== "points";
    setText(problem, refusal ? store.state.words.error(refusal) : "");
    const lines = target ? reportLines(made, target.points.length, t) : [];
    report.replaceChildren(...lines.map((line) => element("li", {}, line)));
    if (made && target) fill(made);
    paint();
  };

  const fill = (/** @type {import("./report.js").Report} */ { columns, x, y, ...rest }) => {
    const options = () =>
      columns.map((column, value) =>
        element(
          "option",
          { value: String(value), disabled: !column.isNumeric && value !== x && value !== y },
          column.name || t("import.column", { n: value + 1 }),
        ),
      );
    chooseX.replaceChildren(...options());
    chooseY.replaceChildren(...options());
    chooseX.value = String(x);
    chooseY.value = String(y);
    scaling.value = rest.scaling;
    encoding.value = rest.encoding;
  };

  const label = () => {
    setText(title, t("import.title", { name: file?.name ?? "" }));
    canvas.setAttribute("aria-label", t("import.preview"));
    for (const span of dialog.querySelectorAll("span")) setText(span, t(span.dataset.key ?? ""));
    const option = (/** @type {string} */ value, /** @type {string} */ text) => element("option", { value }, text);
    const chosen = [scaling.value, encoding.value];
    scaling.replaceChildren(option("equal", t("import.scaling.equal")), option("perAxis", t("import.scaling.perAxis")));
    encoding.replaceChildren(...ENCODINGS.map((name) => option(name, t(`import.encoding.${name}`))));
    [scaling.value, encoding.value] = chosen;
    setText(cancel, t("import.cancel"));
    setText(use, t("import.use"));
  };
  store.watch(["t", "words", "palette"], () => {
    if (!dialog.open) return;
    label();
    show();
  });

  return {
    open(chosen, sort) {
      [file, kind] = [chosen, sort];
      refusal = null;
      invert.checked = false;
      // Nothing of an earlier file.
      for (const control of [chooseX, chooseY]) control.replaceChildren();
      label();
      encoding.value = "";
      show();
      dialog.showModal();
      cancel.focus();
      if (kind === "image") askImage(null);
      else askPoints({});
    },
  };
}
