/** The model as a small map that stays beside the text: pointing at a symbol lights its part here, and the other way round. */

import { element, setText, svg } from "../dom.js";
import { edges, height, losses, nodes, WIDTH } from "../views/model-layout.js";

/** What stands in each part. */
const symbols = {
  noise: "z",
  generator: "G",
  real: "x",
  fake: "G(z)",
  discriminator: "D",
  "scores-real": "D(x)",
  "scores-fake": "D(G(z))",
  gradients: "∂L/∂x",
  "loss-discriminator": "L_D",
  "loss-generator": "L_G",
};

/** @typedef {keyof typeof symbols} Part */

export const parts = /** @type {Part[]} */ (Object.keys(symbols));

/**
 * @param {import("../i18n.js").Translate} t
 * @param {(part: string | null) => void} point
 * @returns {{ element: HTMLElement, light: (part: string | null) => void }}
 */
export function createDiagram(t, point) {
  const caption = element("figcaption", { "aria-live": "polite" });
  /** @type {Map<string, SVGElement>} */
  const drawn = new Map();
  for (const part of parts) {
    const node = svg(
      "g",
      { class: "part", tabindex: 0, role: "button", "data-part": part, "aria-label": t(`article.part.${part}`) },
      ...shape(part),
    );
    node.addEventListener("pointerenter", () => point(part));
    node.addEventListener("pointerleave", () => point(null));
    node.addEventListener("focus", () => point(part));
    node.addEventListener("blur", () => point(null));
    drawn.set(part, node);
  }
  const drawing = svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${height(true)}`, role: "group", "aria-label": t("article.diagram") },
    ...Object.values(edges(true)).map(({ kind, path }) => svg("path", { class: `edge ${kind}`, d: path })),
    ...drawn.values(),
  );
  const light = (/** @type {string | null} */ part) => {
    drawn.forEach((node, name) => node.classList.toggle("lit", name === part));
    drawing.classList.toggle("pointing", part !== null);
    setText(caption, t(part ? `article.part.${part}` : "article.diagram.hint"));
  };
  light(null);
  return { element: element("figure", { class: "article-diagram" }, /** @type {any} */ (drawing), caption), light };
}

/** @param {Part} part */
function shape(part) {
  const { x, y, width, height } = box(part);
  const label = svg("text", {
    class: symbols[part].length > 5 ? "long" : "",
    x: x + width / 2,
    y: y + height / 2,
    "text-anchor": "middle",
    "dominant-baseline": "central",
  });
  const [letter, index] = symbols[part].split("_");
  label.append(letter);
  if (index) label.append(svg("tspan", { dy: 8, "font-size": "0.7em" }, document.createTextNode(index)));
  return [svg("rect", { x, y, width, height, rx: 10 }), label];
}

/** @param {Part} part */
function box(part) {
  if (part === "loss-discriminator" || part === "loss-generator") {
    const { x, y } = losses[part === "loss-generator" ? "generator" : "discriminator"];
    return { x: x - 8, y: y - 8, width: 80, height: 52 };
  }
  const { x, y, size } = nodes(true)[part];
  return { x: x - (size < 100 ? 6 : 0), y, width: size + (size < 100 ? 12 : 0), height: size };
}
