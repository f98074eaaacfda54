/** The model panel's other faces: all units of both networks, and the generator layer by layer. */

import { diverging, parseColour } from "../canvas/palette.js";
import { byId, element, setText } from "../dom.js";
import { NetworkView, unitKey } from "./network-view.js";
import { StagesView } from "./stages-view.js";

/** @typedef {import("./network-view.js").HiddenUnit} HiddenUnit */
/** @typedef {"overview" | "units" | "stages"} Face */

/** What the server has to send for each face. */
const LAYERS = { overview: [], units: ["units"], stages: ["stages"] };

/**
 * @param {object} context
 * @param {any} context.store
 * @param {import("../loop.js").Loop} context.loop
 * @param {import("../experiment.js").Experiment} context.experiment
 */
export function createInside({ store, loop, experiment }) {
  const root = byId("inside");
  /** @type {Face} */
  let face = "overview";
  /** @type {Map<string, HiddenUnit>} */
  let silenced = new Map();
  /** @type {HiddenUnit | null} */
  let pointed = null;
  let shape = "";
  /** @type {{ generator: Uint32Array, discriminator: Uint32Array }} */
  let colours;

  const faces = /** @type {Face[]} */ (["overview", "units", "stages"]);
  const tabs = new Map(
    faces.map((name) => [
      name,
      element("button", { type: "button", id: `model-${name}`, "aria-pressed": "false", onclick: () => turn(name) }),
    ]),
  );
  const choice = element("div", { class: "segmented faces", role: "group" }, ...tabs.values());
  byId("graph").before(choice);

  const invalidate = () => loop.invalidate(draw);
  const name = (/** @type {HiddenUnit} */ { network, layer, unit }) =>
    store.state.t("inside.unit", { network: store.state.t(`node.${network}`), layer: layer + 1, unit: unit + 1 });
  const views = /** @type {const} */ (["generator", "discriminator"]).map(
    (network) =>
      new NetworkView(network, {
        invalidate,
        toggle: (unit) => toggle(unit),
        point: (unit) => {
          pointed = unit;
          describe();
        },
        name,
      }),
  );
  const stages = new StagesView({ store, invalidate });
  const headings = views.map(() => element("h3"));
  const note = element("p", { class: "inside-note" });
  const restore = element("button", {
    type: "button",
    class: "restore",
    id: "inside-restore",
    onclick: () => silence(new Map()),
  });
  const units = element(
    "div",
    { class: "inside-units" },
    headings[0],
    views[0].element,
    headings[1],
    views[1].element,
    element("div", { class: "inside-foot" }, note, restore),
  );
  root.replaceChildren(units, stages.element);

  const turn = (/** @type {Face} */ next) => {
    face = next;
    root.hidden = face === "overview";
    byId("graph").hidden = face !== "overview";
    units.hidden = face !== "units";
    stages.element.hidden = face !== "stages";
    tabs.forEach((tab, key) => tab.setAttribute("aria-pressed", String(key === face)));
    if (face !== "stages") stages.stop();
    for (const layer of ["units", "stages"])
      experiment.want(layer, /** @type {string[]} */ (LAYERS[face]).includes(layer));
    take();
  };

  const toggle = (/** @type {HiddenUnit} */ unit) => {
    const next = new Map(silenced);
    if (!next.delete(unitKey(unit))) next.set(unitKey(unit), unit);
    silence(next);
  };

  const silence = (/** @type {Map<string, HiddenUnit>} */ next) => {
    silenced = next;
    experiment.silence([...silenced.values()]);
    take();
  };

  const describe = () => {
    const { t } = store.state;
    restore.hidden = silenced.size === 0;
    setText(restore, t(silenced.size === 1 ? "inside.restore.one" : "inside.restore", { n: silenced.size }));
    if (pointed)
      return setText(
        note,
        t(silenced.has(unitKey(pointed)) ? "inside.unit.silenced" : "inside.unit.hint", { name: name(pointed) }),
      );
    const frame = store.state.frame;
    const hidden = [frame.generatorUnits, frame.discriminatorUnits].flatMap(
      (/** @type {any} */ each) => each?.layers ?? [],
    );
    const cut = hidden.find((/** @type {any} */ layer) => layer.maps.length < layer.width);
    setText(note, cut ? t("inside.hint.cut", { shown: cut.maps.length, of: cut.width }) : t("inside.hint"));
  };

  /** Reads what the latest frame holds for the face that is turned to us. */
  const take = () => {
    const { frame, palette, view, settings } = store.state;
    if (!colours) recolour();
    if (face === "units" && frame.generatorUnits && frame.discriminatorUnits && frame.weights) {
      const inputs = {
        generator: indexed("z", frame.weights.generator[0]?.inputs ?? 0),
        discriminator: pack(settings["discriminator.packing"] ?? 1),
      };
      for (const shown of views) {
        const { network } = shown;
        const model = {
          units: network === "generator" ? frame.generatorUnits : frame.discriminatorUnits,
          weights: frame.weights[network],
          inputs: inputs[network],
          silenced: new Set(silenced.keys()),
        };
        shown.update(model, colours[network]);
      }
      describe();
    }
    if (face === "stages" && frame.stages) stages.update(frame.stages, view);
    if (palette) invalidate();
  };

  const recolour = () => {
    const { palette } = store.state;
    const [negative, zero] = [parseColour(palette.negative), parseColour(palette.panel)];
    colours = {
      generator: table(negative, zero, parseColour(palette.fake)),
      discriminator: table(negative, zero, parseColour(palette.discriminator)),
    };
  };

  const draw = (/** @type {number} */ now) => {
    const { palette } = store.state;
    if (face === "units")
      views.forEach((view) => view.draw(palette, view.network === "generator" ? palette.fake : palette.discriminator));
    return face === "stages" && stages.draw(now, palette);
  };

  store.watch(["frame"], take);
  store.watch(["palette"], () => {
    recolour();
    take();
  });
  store.watch(["t"], (/** @type {any} */ { t }) => {
    choice.setAttribute("aria-label", t("inside.faces"));
    tabs.forEach((tab, key) => setText(tab, t(`inside.${key}`)));
    views.forEach((view, index) => {
      setText(headings[index], t(`inside.${view.network}`));
      view.buttons.setAttribute("aria-label", t("inside.units.of", { network: t(`node.${view.network}`) }));
      view.rename();
    });
    stages.name();
    describe();
    invalidate();
  });
  // Other networks, other units: what was silenced is not there any more.
  store.watch(["settings"], (/** @type {any} */ { settings }) => {
    const next = JSON.stringify([settings["generator.hidden"], settings["discriminator.hidden"]]);
    if (next !== shape && silenced.size > 0) silence(new Map());
    shape = next;
  });
  turn("overview");
  return { overview: () => turn("overview") };
}

/**
 * Names with small numbers below: z₁, z₂ …
 * @param {string} letter
 * @param {number} count
 */
const indexed = (letter, count) =>
  Array.from(
    { length: count },
    (_, i) => letter + [...String(i + 1)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join(""),
  );

/**
 * The discriminator's inputs: x and y of every sample of a pack.
 * @param {number} packing
 */
const pack = (packing) =>
  packing === 1
    ? ["x", "y"]
    : [...Array(packing).keys()].flatMap((i) => [indexed("x", i + 1)[i], indexed("y", i + 1)[i]]);

/**
 * @param {import("../canvas/palette.js").RGB} negative
 * @param {import("../canvas/palette.js").RGB} zero
 * @param {import("../canvas/palette.js").RGB} positive
 */
function table(negative, zero, positive) {
  const bytes = new Uint8ClampedArray(4 * 256);
  for (let i = 0; i < 256; i++) bytes.set([...diverging(negative, zero, positive, i / 255), 255], 4 * i);
  return new Uint32Array(bytes.buffer);
}
