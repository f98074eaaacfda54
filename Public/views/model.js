/** The model overview: noise → generator → samples → discriminator → predictions → losses, and the gradients back. */

import { element, setText, svg } from "../dom.js";
import { paced } from "../loop.js";
import { counts, fixed } from "../recipe/schema.js";
import { edges, height, losses, nodes, settings, WIDTH } from "./model-layout.js";
import { fieldControls } from "./field-control.js";
import { Thumbnails } from "./thumbnails.js";

/** @typedef {import("./field-control.js").Control} Control */

/**
 * @param {object} context
 * @param {HTMLElement} context.root
 * @param {any} context.store
 * @param {import("../loop.js").Loop} context.loop
 * @param {(path: string, value: any, gesture?: string) => Promise<any>} context.commit
 * @param {(group: string) => void} context.more Opens all settings of a group.
 */
export function createModel({ root, store, loop, commit, more }) {
  /** @type {Map<string, Control[]>} */
  let controls = new Map();
  const thumbnails = new Thumbnails(store, loop);
  const lossOutputs = {
    discriminator: element("output", { id: "loss-discriminator" }),
    generator: element("output", { id: "loss-generator" }),
  };

  const small = isNarrow(root, () => {
    if (store.state.words) build();
  });

  const build = () => {
    const { t } = store.state;
    const narrow = small();
    controls = new Map();
    const drawing = svg(
      "svg",
      { class: "edges", viewBox: `0 0 ${WIDTH} ${height(narrow)}`, "aria-hidden": "true" },
      ...Object.entries(edges(narrow)).map(([name, { kind, path }]) =>
        svg("path", { class: `edge ${kind}`, d: path, "data-edge": name }),
      ),
    );
    root.replaceChildren(
      drawing,
      ...Object.entries(nodes(narrow)).map(([name, place]) => node(name, place, t)),
      ...Object.entries(losses).map(([name, place]) =>
        loss(/** @type {"generator" | "discriminator"} */ (name), place, t),
      ),
      ...Object.entries(settings).map(([name, place]) => settingsList(name, place)),
    );
    show();
  };

  const node = (
    /** @type {string} */ name,
    /** @type {{ x: number, y: number, size: number, label: string }} */ { x, y, size, label },
    /** @type {any} */ t,
  ) => {
    const canvas = thumbnails.canvas(name);
    const picture = element("div", { class: "node-picture" }, canvas);
    picture.style.width = picture.style.height = em(size);
    const caption = element("span", { class: "node-label" }, t(`node.${name}`));
    const made = element(
      "div",
      { class: `node ${label}`, dataset: { node: name }, title: t(`node.${name}.help`) },
      picture,
      caption,
    );
    place(made, x, y);
    return made;
  };

  const loss = (
    /** @type {"generator" | "discriminator"} */ name,
    /** @type {{ x: number, y: number }} */ { x, y },
    /** @type {any} */ t,
  ) => {
    const made = element(
      "div",
      { class: `loss ${name}`, dataset: { node: `loss-${name}` }, title: t(`loss.${name}.help`) },
      element("span", {}, t(`loss.${name}`)),
      lossOutputs[name],
    );
    place(made, x, y);
    return made;
  };

  const settingsList = (
    /** @type {string} */ name,
    /** @type {{ x: number, y: number, fields: string[] }} */ { x, y, fields },
  ) => {
    const { words, t, settings: values } = store.state;
    const context = {
      words,
      t,
      commit,
      short: true,
      current: (/** @type {string} */ path) => store.state.settings[path],
    };
    const list = element("div", { class: `settings ${name}`, dataset: { title: t(`settings.${name}`) } });
    for (const path of fields) {
      const field = words.field(path);
      if (!field) continue;
      const made = fieldControls(field, context);
      if (path in values) made.forEach((control) => control.update(values[path]));
      controls.set(path, made);
      list.append(...made.map((control) => control.element));
    }
    const formula = name === "game" ? controls.get("loss.kind")?.[0]?.formula : undefined; // Beside the networks there is no room.
    list.append(
      element(
        "button",
        {
          class: "more-settings",
          type: "button",
          id: `more-${name}`,
          onclick: () => more(name),
          "aria-label": t(`settings.more.${name}`),
          title: t(`settings.more.${name}`),
        },
        t("settings.more"),
      ),
      ...(formula ? [formula] : []),
    );
    place(list, x, y);
    return list;
  };

  const show = () => {
    const { settings: values, schema } = store.state;
    for (const [path, made] of controls) {
      const field = schema.fields.find((/** @type {any} */ candidate) => candidate.path === path);
      for (const control of made) {
        if (path in values) control.update(values[path]);
        control.element.hidden = !counts(field, values);
      }
    }
  };

  store.watch(["schema", "words"], (/** @type {any} */ { schema, words }) => {
    if (schema && words) build();
  });
  store.watch(["settings"], show);
  thumbnails.canvas("generator").addEventListener("pointerenter", () => thumbnails.warp());

  const showLosses = paced(() => {
    const {
      frame: { losses: current },
      settings: values,
    } = store.state;
    for (const name of /** @type {const} */ (["discriminator", "generator"])) {
      const value = current?.[name === "discriminator" ? "d" : "g"];
      const isIdle = values[`${name}.updates`] === 0; // What does not learn has no loss.
      setText(lossOutputs[name], value === undefined || Number.isNaN(value) || isIdle ? "–" : formatLoss(value));
    }
  });
  store.watch(["frame", "settings"], () => loop.invalidate(showLosses));
  return { thumbnails };
}

/**
 * Whether the settings stand below the drawing (styles/model.css decides), and when that changes.
 * @param {HTMLElement} root
 * @param {() => void} changed
 * @returns {() => boolean}
 */
function isNarrow(root, changed) {
  let narrow = false;
  new ResizeObserver(() => {
    const now = parseFloat(getComputedStyle(root).paddingTop) > 0;
    if (now === narrow) return;
    narrow = now;
    changed();
  }).observe(root);
  return () => narrow;
}

/** @param {number} value */
export function formatLoss(value) {
  return Number.isFinite(value)
    ? Math.abs(value) < 1000
      ? fixed(value, 3)
      : value.toExponential(1).replace("e+", "e")
    : "NaN";
}

/** @param {number} pixels Design pixels; the graph's em is 16 of them. */
const em = (pixels) => `${pixels / 16}em`;

/**
 * @param {HTMLElement} node
 * @param {number} x
 * @param {number} y
 */
function place(node, x, y) {
  node.style.left = em(x);
  node.style.top = em(y);
}
