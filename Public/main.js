/** The entry: makes the store, the views and the connection, and wires them. It decides nothing else. */

import { local } from "./storage.js";
import { createStore } from "./store.js";
import { createLoop } from "./loop.js";
import { byId } from "./dom.js";
import { chooseLanguage, createTranslator, loadLanguage, translateDocument } from "./i18n.js";
import { createArticle } from "./article/article.js";
import { noiseOf } from "./canvas/latent.js";
import { readPalette } from "./canvas/palette.js";
import { speeds, speedStop } from "./charts/scale.js";
import { createBoard } from "./drawing/board.js";
import { createBrush } from "./drawing/brush.js";
import { Experiment, initialExperiment } from "./experiment.js";
import { createGallery } from "./gallery/gallery.js";
import { CommandError } from "./protocol/connection.js";
import { choiceChanges } from "./recipe/choices.js";
import { loadSchema } from "./recipe/schema.js";
import { createWords } from "./recipe/words.js";
import { keepAddress, linkIn, storedSession } from "./recipe/address.js";
import { createOpening } from "./imports/open-file.js";
import { createInside } from "./inside/inside.js";
import { createSlowMotion } from "./slowmotion/slow-motion.js";
import { createStepCode } from "./slowmotion/step-code.js";
import { createTour } from "./tour/tour.js";
import { createAdvice } from "./views/advice.js";
import { createCompare } from "./views/compare.js";
import { createConnectionBanner } from "./views/connection-banner.js";
import { createHover, nothing } from "./views/hover.js";
import { createHelp } from "./views/help.js";
import { createInvitation, firstVisit } from "./views/invitation.js";
import { createLayered } from "./views/layered.js";
import { createLayers, initialLayers } from "./views/layers.js";
import { createLegend } from "./views/legend.js";
import { createMetrics } from "./views/metrics.js";
import { createModel } from "./views/model.js";
import { createNotices, REFUSAL } from "./views/notices.js";
import { createNumbers } from "./views/numbers.js";
import { createPreferences } from "./views/preferences.js";
import { presetRecipe } from "./views/presets.js";
import { createReading } from "./views/reading.js";
import { createSeeds } from "./views/seeds.js";
import { createShare } from "./views/share.js";
import { createSheet } from "./views/sheet.js";
import { createStop } from "./views/stop.js";
import { createSummary } from "./views/summary.js";
import { createTargets } from "./views/targets.js";
import { createTimeline } from "./views/timeline.js";
import { createTransport } from "./views/transport.js";
import { createWatching } from "./views/watching.js";

if (!("popover" in HTMLElement.prototype) || !CSS.supports("color", "light-dark(red, red)"))
  throw new Error("unsupported browser");
byId("unsupported").remove();
byId("unloaded").remove();

const chosenLanguage = chooseLanguage(location.search, local.getItem("language"), navigator.languages);
const languageRequest = loadLanguage(chosenLanguage);
const schemaRequest = loadSchema();
const { language, texts } = await languageRequest;

const store = createStore(
  /** @type {any} */ ({
    ...initialExperiment(),
    layers: initialLayers,
    palette: readPalette(),
    hover: nothing,
    noise: noiseOf({}, null),
    schema: null,
    words: null,
    language,
    t: createTranslator(texts),
    number: numberFormat(language),
  }),
);
const loop = createLoop();
store.watch(["settings", "schema"], ({ settings, schema }) => store.set({ noise: noiseOf(settings, schema) }));
const t = (/** @type {string} */ key, values = {}) => store.state.t(key, values);

const notices = createNotices(byId("notices"), () => store.state.t);
const experiment = new Experiment(store, "ws", {
  refused: (error) => refused(error),
  edited: (values, reply) => notices.show(confirmation(values, reply), { key: "edit" }),
  warned: (warning) => notices.show(t("store.warning", { warning }), { key: "store", kind: "error" }),
  rebuilt: (step, milliseconds) =>
    notices.show(t("link.rebuilt", { step: store.state.number(step), seconds: (milliseconds / 1000).toPrecision(2) }), {
      key: "link",
    }),
});

/** A choice may bring other settings along, as Wasserstein its penalty, and takes them away when it goes. @param {string} path @param {any} value @param {string} [gesture] */
const commit = (path, value, gesture) => {
  const { words, settings } = store.state;
  const field = words.field(path);
  if (field.kind !== "choice") return experiment.set(path, value, gesture);
  const changes = choiceChanges(field, value, (/** @type {string} */ other) => settings[other], words.defaults);
  return Object.keys(changes).length === 1
    ? experiment.set(path, changes[path], gesture)
    : experiment.setMany(path, changes);
};
/** Trains at once on what was drawn or picked, if it was training or is a drawing. @param {any} target */
const train = async (target, play = store.state.playing) => {
  if (!(await experiment.setTarget(target))) return;
  for (const name of ["generator", "discriminator"])
    if (store.state.settings[`${name}.updates`] === 0) notices.show(t(`idle.${name}`), { key: "idle" });
  if (play) experiment.play();
};
/** All but the target, as one edit. */
const restoreDefaults = () => {
  const values = store.state.words.fromDefaults(store.state.settings);
  const [first] = Object.keys(values);
  if (first) experiment.setMany(first, values);
};
const invitation = createInvitation({ store, experiment });
const board = createBoard({ store, loop, apply: (target) => train(target, true) });
const sheet = createSheet({ root: byId("model"), store, commit, restore: restoreDefaults });

const { withLetters } = createPreferences({ store, recoloured: () => store.set({ palette: readPalette() }), speak });
createConnectionBanner({ root: byId("connection"), lab: byId("lab"), store });
createWatching({ beside: byId("connection"), store, copy: () => experiment.copy() });
createTargets({
  root: byId("targets"),
  store,
  loop,
  draw: board.open,
  choose: (target) => train(target),
  load: tryPreset,
});
createTransport({ store, loop, experiment });
createStop({ store, experiment });
createBrush({ store, loop, draw: (stroke) => experiment.draw(stroke) });
const { thumbnails } = createModel({ root: byId("graph"), store, loop, commit, more: sheet.open });
const layered = createLayered({ store, loop, name: "layered" });
createHover({ store, loop, glides: layered.glides, thumbnail: (name) => thumbnails.canvas(name) });
createLayers({
  root: byId("layers"),
  store,
  changed: () => {
    wantLayers(store.state.layers);
  },
});
createReading({ store });
createSummary({ root: byId("summary"), store });
createAdvice({
  store,
  change: (values, beside) => experiment.setMany(Object.keys(values)[0], values, { compare: beside }),
  undo: () => experiment.undo(),
  seek: (step) => experiment.seek(step),
});
createLegend({ store });
createMetrics({ root: byId("charts"), store, loop });
createTimeline({ root: byId("timeline"), store, loop, experiment });
createCompare({ store, loop, experiment });
createSeeds({ store, loop, experiment });
createNumbers({ store });
const inside = createInside({ store, loop, experiment });
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const code = createStepCode({ store, calm });
const slowMotion = createSlowMotion({ store, experiment, overview: inside.overview, code, calm });
const tour = createTour({ store });
createHelp({
  store,
  withLetters,
  tour: tour.start,
  shortcuts: {
    play: { keys: [" "], run: () => experiment.toggle() },
    step: { keys: ["ArrowRight"], run: () => experiment.step() },
    stepGenerator: { keys: ["G"], run: () => experiment.step("generator") },
    stepDiscriminator: { keys: ["D"], run: () => experiment.step("discriminator") },
    slowMotion: { keys: ["S"], run: slowMotion.toggle },
    reset: { keys: ["R"], run: () => experiment.reset() },
    undo: { keys: ["Z"], run: () => experiment.undo() },
    redo: { keys: ["Y"], run: () => experiment.redo() },
    slower: { keys: ["["], run: () => changeSpeed(-1) },
    faster: { keys: ["]"], run: () => changeSpeed(1) },
    point: { keys: ["arrows"] },
    nextSample: { keys: [".", ","] },
    walkCharts: { keys: ["arrows", "+", "-"] },
    walkUnits: { keys: ["arrows"] },
  },
});

createArticle({
  root: byId("article"),
  store,
  load: tryPreset,
  slowMotion: () => {
    showLab();
    slowMotion.toggle();
  },
});

/** @param {unknown} error */
const refused = (error) => {
  if (!(error instanceof CommandError)) throw error;
  notices.show(error.code === "offline" ? t("error.offline") : (store.state.words?.error(error) ?? error.message), {
    key: REFUSAL,
    kind: "error",
  });
};
const gallery = createGallery({
  store,
  refused,
  openLink: (link) => experiment.openLink(link),
  saved: () => notices.show(t("save.done"), { key: "save" }),
});
createShare({
  store,
  refused,
  openFile: createOpening({ store, experiment, refused }),
  openForm: gallery.openForm,
  paint: layered.paint,
  updateAddress: () => address.flush(),
  tell: (key, kind = "info") => notices.show(t(key), { key, kind }),
});

byId("how-it-works").onclick = () => {
  byId("article").scrollIntoView();
  byId("article").focus({ preventScroll: true });
};

translateDocument(document, store.state.t);
document.documentElement.lang = language;

const schema = await schemaRequest;
store.set({ schema, words: createWords(store.state.t, schema) });
const link = linkIn(location.hash);
const session = storedSession(location.hash);
const isFirst = !link && !session;
if (isFirst) {
  invitation.show();
  tour.offer();
}
experiment.start(isFirst ? firstVisit : { ...(link && { link }), ...(session && { session }) });
const address = keepAddress(store, () => experiment.link());

/** Back up from the article. */
function showLab() {
  scrollTo({ top: 0 });
}

/** Loads it and plays it slowly enough to be watched. @param {import("./recipe/schema.js").Preset} preset */
async function tryPreset(preset) {
  showLab();
  const { recipe, step, speed, plays } = presetRecipe(preset);
  if (!(await experiment.load(recipe, step, speed))) return;
  if (plays) experiment.play();
}

/** Some layers cost the server something and are asked for only while they are shown. @param {Record<string, boolean>} layers */
function wantLayers({ optimum, difference, pulls }) {
  experiment.want("optimum", optimum || difference);
  experiment.want("pulls", pulls);
}

/** @param {number} by Stops of the speed slider. */
function changeSpeed(by) {
  const stop = Math.min(speeds.length - 1, Math.max(0, speedStop(store.state.speed) + by));
  experiment.speed(speeds[stop]);
}

/**
 * @param {Record<string, any>} values
 * @param {{ step: number, restarted?: boolean }} reply
 */
function confirmation(values, { step, restarted }) {
  const { words, number } = store.state;
  const edit = words.changes(values);
  if (restarted) return t("edit.restarted", { edit });
  return t("edit.takesEffect", { edit, step: number(step + 1) });
}

/** @param {import("./i18n.js").Language} next */
async function speak(next) {
  local.setItem("language", next);
  const { language: spoken, texts: words } = await loadLanguage(next);
  const translate = createTranslator(words);
  document.documentElement.lang = spoken;
  translateDocument(document, translate);
  store.set({
    language: spoken,
    t: translate,
    number: numberFormat(spoken),
    words: createWords(translate, store.state.schema),
  });
}

/** @param {string} locale */
function numberFormat(locale) {
  return new Intl.NumberFormat(locale).format;
}
