/** The text below the lab. Its prose is a file a language, `article/en.html`; this module makes it answer to the reader. */

import { element } from "../dom.js";
import { besidePage } from "../protocol/address.js";
import { createDiagram } from "./diagram.js";
import { setFormulas } from "./mathml.js";
import { linkSymbols } from "./symbols.js";

/**
 * @param {object} context
 * @param {HTMLElement} context.root
 * @param {any} context.store
 * @param {(preset: import("../recipe/schema.js").Preset) => void} context.load Loads a preset into the lab and plays it.
 * @param {() => void} context.slowMotion Shows one step, explained.
 */
export function createArticle({ root, store, load, slowMotion }) {
  let shown = "";

  const show = async (/** @type {string} */ language) => {
    if (language === shown) return;
    shown = language;
    const response = await fetch(besidePage(`article/${language}.html`));
    if (!response.ok || language !== shown) return;
    // Parsed apart from the page: nothing in it runs, and nothing is fetched before it is looked at.
    const prose = new DOMParser().parseFromString(await response.text(), "text/html");
    const text = element("div", { class: "article-text" }, ...prose.body.childNodes);
    setFormulas(text);
    const point = (/** @type {string | null} */ part) => {
      diagram.light(part);
      lightSymbols(part);
      lightGraph(part);
    };
    const diagram = createDiagram(store.state.t, point);
    const lightSymbols = linkSymbols(text, point);
    root.replaceChildren(
      text,
      element("aside", { class: "article-aside", "aria-label": store.state.t("article.diagram") }, diagram.element),
    );
    offerPresets();
  };

  /** "Try it" buttons name a preset; one that this server does not have is not offered. */
  const offerPresets = () => {
    const { schema } = store.state;
    if (!schema) return;
    for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (root.querySelectorAll("button[data-preset]"))) {
      const preset = schema.presets.find((/** @type {any} */ known) => known.name === button.dataset.preset);
      button.hidden = !preset;
      button.onclick = () => preset && load(preset);
    }
    for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (
      root.querySelectorAll("button[data-slow-motion]")
    ))
      button.onclick = slowMotion;
  };

  store.watch(["language", "t"], (/** @type {any} */ { language }) => show(language));
  store.watch(["schema"], offerPresets);
}

/**
 * The lab's own graph is usually scrolled away while one reads, but on a large screen both are seen.
 * @param {string | null} part
 */
function lightGraph(part) {
  for (const node of document.querySelectorAll("#graph [data-node]"))
    node.classList.toggle("pointed", node.getAttribute("data-node") === part);
}
