/** The targets in the header: a few as thumbnails of their own samples, all of them behind "more", and the pencil. */

import { Surface } from "../canvas/surface.js";
import { circles } from "../canvas/marks.js";
import { element, icon } from "../dom.js";
import { presetList } from "./presets.js";
import { sameValue } from "../recipe/schema.js";

/** How many stand in the header; the rest are in the menu. */
const IN_HEADER = 6;

/**
 * @param {object} context
 * @param {HTMLElement} context.root
 * @param {any} context.store
 * @param {import("../loop.js").Loop} context.loop
 * @param {() => void} context.draw Opens the drawing board.
 * @param {(target: any) => void} context.choose
 * @param {(preset: import("../recipe/schema.js").Preset) => void} context.load
 */
export function createTargets({ root, store, loop, draw, choose, load }) {
  /** @type {(() => void)[]} */
  let redraws = [];

  const build = () => {
    const { schema, words, t, settings } = store.state;
    redraws = [];
    /** @type {import("../recipe/schema.js").TargetInfo[]} */
    const all = schema.targets;
    const chosen = all.findIndex((info) => info.value === settings.target);
    const shown = all.slice(0, IN_HEADER);
    if (chosen >= IN_HEADER) shown[IN_HEADER - 1] = all[chosen];
    const button = (/** @type {import("../recipe/schema.js").TargetInfo} */ info, /** @type {string} */ prefix) => {
      const canvas = element("canvas");
      thumbnail(canvas, info);
      return element(
        "button",
        {
          class: "target",
          type: "button",
          id: `${prefix}${info.value}`,
          title: words.target(info.value),
          "aria-label": words.target(info.value),
          "aria-pressed": String(sameValue(settings.target, info.value)),
          onclick: () => choose(info.value),
        },
        canvas,
      );
    };
    const menu = element(
      "div",
      { class: "target-menu menu", id: "target-menu", popover: "auto" },
      element(
        "div",
        { class: "target-list" },
        element("h2", {}, t("targets.label")),
        ...all.map((info) =>
          element(
            "div",
            { class: "target-row" },
            button(info, "menu-target-"),
            element(
              "span",
              {},
              element("b", {}, words.target(info.value)),
              element("span", { class: "hint" }, words.targetHelp(info)),
            ),
          ),
        ),
      ),
      presetList(store.state, load),
    );
    menu.addEventListener("click", () => menu.hidePopover());
    const more = element(
      "button",
      {
        class: "target more",
        type: "button",
        id: "targets-more",
        "aria-label": t("targets.more"),
        title: t("targets.more"),
      },
      icon("more"),
    );
    more.setAttribute("popovertarget", "target-menu");
    const drawn = typeof settings.target === "object";
    root.replaceChildren(
      ...shown.map((info) => button(info, "target-")),
      more,
      element(
        "button",
        {
          class: "target draw",
          type: "button",
          id: "draw-open",
          "aria-label": t("targets.draw"),
          title: t("targets.draw"),
          "aria-pressed": String(drawn),
          onclick: draw,
        },
        icon("pencil"),
      ),
      menu,
    );
  };

  const thumbnail = (
    /** @type {HTMLCanvasElement} */ canvas,
    /** @type {import("../recipe/schema.js").TargetInfo} */ { view, thumbnail: points },
  ) => {
    const units = Float32Array.from(points.flatMap(([x, y]) => [(x - view.cx) / view.half, (y - view.cy) / view.half]));
    const paint = () => {
      const context = surface.clear();
      context.fillStyle = store.state.palette.real;
      circles(context, units, surface.width, Math.max(0.8, surface.width / 42));
    };
    const surface = new Surface(canvas, () => loop.invalidate(paint));
    redraws.push(paint);
  };

  let built = "";
  store.watch(["schema", "words", "settings"], (/** @type {any} */ state) => {
    if (!state.schema || !state.words) return;
    const wanted = JSON.stringify(state.settings.target) + state.language;
    if (wanted === built) return;
    built = wanted;
    build();
  });
  store.watch(["palette"], () => redraws.forEach((paint) => loop.invalidate(paint)));
}
