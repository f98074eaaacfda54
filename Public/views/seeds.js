/** Eight seeds: the same recipe, eight times, so that chance becomes visible. */

import { circles, diamonds } from "../canvas/marks.js";
import { Surface } from "../canvas/surface.js";
import { byId, element, icon, setText } from "../dom.js";

/** @typedef {import("../protocol/frame.js").SeedRun} SeedRun */

/**
 * @param {object} context
 * @param {any} context.store
 * @param {import("../loop.js").Loop} context.loop
 * @param {import("../experiment.js").Experiment} context.experiment
 */
export function createSeeds({ store, loop, experiment }) {
  const title = element("h2", { id: "seeds-title" });
  const hint = element("p", { class: "hint" });
  const headline = element("p", { class: "seeds-headline", id: "seeds-headline", role: "status" });
  const onward = element("button", {
    type: "button",
    class: "button",
    id: "seeds-continue",
    onclick: () => run(2 * reached()),
  });
  const grid = element("div", { class: "seed-grid", id: "seed-grid" });
  const close = element(
    "button",
    { type: "button", id: "seeds-close", class: "icon-button", onclick: () => dialog.close() },
    icon("close"),
  );
  const dialog = element(
    "dialog",
    { class: "seeds", id: "seeds-dialog", "aria-labelledby": "seeds-title" },
    element("header", {}, title, close),
    hint,
    element("div", { class: "seeds-summary" }, headline, onward),
    grid,
  );
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    experiment.seedsStop();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });

  /** One cell a seed, made once and filled as results arrive. @type {{ surface: Surface, text: HTMLElement, button: HTMLButtonElement }[]} */
  let cells = [];

  const enter = async (/** @type {SeedRun} */ { seed, step }) => {
    const { recipe } = store.state;
    dialog.close();
    await experiment.load({ ...recipe, settings: { ...recipe.settings, seed } }, step);
  };

  const build = (/** @type {SeedRun[]} */ strip) => {
    cells = strip.map((_, i) => {
      const canvas = element("canvas");
      const text = element("span", { class: "seed-text" });
      const button = element(
        "button",
        { type: "button", class: "seed", onclick: () => enter(store.state.frame.strip[i]) },
        canvas,
        text,
      );
      return { surface: new Surface(canvas, () => loop.invalidate(draw)), text, button };
    });
    grid.replaceChildren(...cells.map(({ button }) => button));
  };

  /** The step that all of them have come to, or are on their way to. */
  const reached = () => Math.max(...(store.state.frame.strip ?? []).map((/** @type {SeedRun} */ run) => run.step), 1);

  const tell = () => {
    const { frame, t, number } = store.state;
    const strip = /** @type {SeedRun[]} */ (frame.strip ?? []);
    const running = strip.filter(({ state }) => state === "running").length;
    onward.hidden = strip.length === 0 || running > 0;
    setText(onward, t("seeds.continue", { step: number(2 * reached()) }));
    setText(headline, running > 0 ? t("seeds.running", { n: running, of: strip.length }) : outcome(strip, t));
  };

  const draw = () => {
    tell();
    const { frame, palette, t, number, modes } = store.state;
    (frame.strip ?? []).forEach((/** @type {SeedRun} */ run, /** @type {number} */ i) => {
      const { surface, text, button } = cells[i];
      const context = surface.clear();
      context.fillStyle = palette.real;
      context.globalAlpha = 0.5;
      if (frame.real) circles(context, frame.real.subarray(0, 400), surface.width, 1.2);
      context.globalAlpha = 1;
      context.strokeStyle = palette.fake;
      context.lineWidth = 1;
      diamonds(context, run.fakes, surface.width, 2.4);
      button.id = `seed-${run.seed}`;
      button.dataset.state = run.state;
      button.dataset.verdict = run.verdict;
      const facts = [t("seeds.seed", { seed: run.seed }), t(`seeds.verdict.${run.verdict}`)];
      if (modes && Number.isFinite(run.modes)) facts.push(t("seeds.modes", { n: run.modes, of: modes }));
      if (Number.isFinite(run.distance)) facts.push(t("seeds.distance", { value: run.distance.toFixed(3) }));
      if (run.state === "running") facts.push(t("seeds.step", { step: number(run.step) }));
      setText(text, facts.join(" · "));
    });
  };

  store.watch(["frame", "palette"], (/** @type {any} */ { frame }) => {
    if (!dialog.open || !frame.strip) return;
    if (frame.strip.length !== cells.length) build(frame.strip);
    loop.invalidate(draw);
  });
  store.watch(["t"], (/** @type {any} */ { t }) => {
    title.textContent = t("seeds.title");
    hint.textContent = t("seeds.hint");
    close.setAttribute("aria-label", t("notice.close"));
  });

  const run = async (/** @type {number | undefined} */ steps) => {
    cells = [];
    grid.replaceChildren();
    store.set({ frame: { ...store.state.frame, strip: undefined } });
    tell();
    if (!(await experiment.seeds(steps))) dialog.close();
  };
  byId("seeds").onclick = () => {
    dialog.showModal();
    run(undefined);
  };
}

/**
 * How many seeds ended in which way, those that learned first.
 * @param {readonly SeedRun[]} strip
 * @param {import("../i18n.js").Translate} t
 */
export function outcome(strip, t) {
  const count = (/** @type {SeedRun["verdict"]} */ verdict) => strip.filter((run) => run.verdict === verdict).length;
  const others = /** @type {const} */ (["partial", "collapsed", "away", "diverged"]).filter(
    (verdict) => count(verdict) > 0,
  );
  return [
    t("seeds.headline", { n: count("good"), of: strip.length }),
    ...others.map((verdict) => t("seeds.count", { n: count(verdict), state: t(`seeds.verdict.${verdict}`) })),
  ].join(t("list.separator"));
}
