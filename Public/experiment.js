/** What a visitor can do to the experiment, and what the server says about it: the only module that writes the store's experiment. */

import { Series } from "./charts/series.js";
import { FrameGate } from "./slowmotion/gate.js";
import { CommandError, Connection } from "./protocol/connection.js";
import { ownerToken } from "./protocol/owner.js";
import { sameValue } from "./recipe/schema.js";

/** @typedef {import("./protocol/frame.js").Frame} Frame */

/**
 * @typedef {object} ExperimentState
 * @property {"connecting" | "open" | "lost" | "full"} connection
 * @property {import("./protocol/trouble.js").Trouble | null} trouble Why the connection stays lost, as far as it is known.
 * @property {string | null} session
 * @property {"owner" | "watcher"} role Whether this browser may change the session.
 * @property {any} recipe
 * @property {Record<string, any>} settings
 * @property {number} revision Of the latest state.
 * @property {number} step
 * @property {number} tip The furthest step that this timeline has reached.
 * @property {boolean} playing
 * @property {number | null} speed
 * @property {import("./views/stop.js").Stop | null} stop Where it pauses by itself.
 * @property {"ready" | "playing" | "paused" | "diverged"} status
 * @property {string | null} message
 * @property {import("./protocol/frame.js").View} view
 * @property {number | null} modes
 * @property {number} viewers
 * @property {{ path: string, gesture: string, from: number, to: number }[]} gestures What this page changed in one gesture, and over which steps.
 * @property {import("./slowmotion/phases.js").Explanation | null} explanation Of the last step, if it was taken by hand.
 * @property {number | null} seeking The step that the server is replaying to.
 * @property {boolean} canUndo
 * @property {boolean} canRedo
 * @property {{ id: number, parent: number | null, forkStep: number, tip: number, label: string, values: Record<string, any> }[]} branches
 * @property {number} branch The one that runs.
 * @property {{ recipe: any, label: string | null, verdict: import("./views/verdict.js").Verdict | null } | null} comparing The run beside this one.
 * @property {import("./views/verdict.js").Verdict | null} verdict What the server says about the run.
 * @property {Series} twinHistory
 * @property {Partial<Frame>} frame The latest of every section.
 * @property {number} rate
 * @property {Series} history
 * @property {number} historyRevision Counts changes of `history`, which is updated in place.
 */

/** @returns {ExperimentState} */
export const initialExperiment = () => ({
  connection: "connecting",
  trouble: null,
  session: null,
  role: "owner",
  recipe: null,
  settings: {},
  revision: 0,
  step: 0,
  tip: 0,
  seeking: null,
  playing: false,
  speed: null,
  stop: null,
  status: "ready",
  message: null,
  view: { cx: 0, cy: 0, half: 1 },
  modes: null,
  viewers: 1,
  gestures: [],
  canUndo: false,
  canRedo: false,
  branches: [],
  branch: 0,
  comparing: null,
  verdict: null,
  explanation: null,
  twinHistory: new Series(),
  frame: {},
  rate: 0,
  history: new Series(),
  historyRevision: 0,
});

/** What this page wants to be sent. */
const WATCH = { fakes: 400, reals: 450, grid: 50, manifold: 20, rate: 30, metrics: true, changes: true };
const LAYERS = ["real", "fake", "gradients", "heatmap", "manifold", "scores", "losses", "metrics", "latent", "history"];

/** Milliseconds until a full lab is asked again. */
const FULL_RETRY = 5000;

/** Steps a second of a new session: slow enough to see the fakes take shape. */
const FIRST_SPEED = 200;

export class Experiment {
  /**
   * @param {import("./store.js").Store<any>} store
   * @param {string} path Of the WebSocket, relative to the page.
   * @param {object} notices
   * @param {(error: CommandError) => void} notices.refused
   * @param {(values: Record<string, any>, reply: any) => void} notices.edited With all that changed, the visitor's choice first.
   * @param {(warning: string) => void} notices.warned What was done but could not be written down.
   * @param {(step: number, milliseconds: number) => void} notices.rebuilt A link is open, and took that long.
   */
  constructor(store, path, notices) {
    this.store = store;
    this.notices = notices;
    /** What to ask for on the first `open`. @type {Record<string, unknown>} */
    this.opening = {};
    this.extraLayers = new Set();
    this.gate = new FrameGate();
    /** When the link that is being opened was asked for; 0 if none is. */
    this.linkAsked = 0;
    /** The speed of an experiment that has its own, and the one that it stands in for. @type {{ speed: number, usual: number | null } | null} */
    this.lent = null;
    /** What of the frames kept back is shown. @type {{ moment: "before" | "between" | "after", losses: { d?: number, g?: number } } | null} */
    this.held = null;
    /** @type {import("./inside/network-view.js").HiddenUnit[]} */
    this.silenced = [];
    this.connection = new Connection(path, {
      opened: () => this.#open(),
      lost: () => store.set({ connection: store.state.connection === "full" ? "full" : "lost" }),
      troubled: (trouble) => store.set({ connection: "lost", trouble }),
      event: (event) => this.#event(event),
      frame: (frame) => this.#frame(frame),
    });
    document.addEventListener("visibilitychange", () => this.watch());
  }

  /** @param {Record<string, unknown>} opening session, recipe, step, playing: whatever is known. */
  start(opening) {
    this.opening = opening;
    if (opening.link && !opening.session) this.linkAsked = performance.now();
    this.connection.connect();
  }

  play() {
    return this.#command("play");
  }
  pause() {
    return this.#command("pause");
  }
  toggle() {
    return this.store.state.playing ? this.pause() : this.play();
  }
  reset() {
    return this.#command("reset");
  }

  /**
   * One step, and what happened in it.
   * @param {"generator" | "discriminator"} [only]
   */
  async step(only) {
    const reply = await this.explain(only);
    if (!reply) return;
    if (this.store.state.step < reply.step) this.store.set({ step: reply.step });
    this.store.set({ explanation: reply.explanation });
  }

  /** @param {number | null} stepsPerSecond */
  speed(stepsPerSecond) {
    return this.#command("speed", { stepsPerSecond });
  }
  /** @param {import("./views/stop.js").Stop | null} stop Where it is to pause by itself. */
  stopAt(stop) {
    return this.#command("stopAt", { ...stop });
  }
  /** @param {import("./drawing/strokes.js").Stroke} stroke One more of the target, in its coordinates; the run goes on. */
  draw(stroke) {
    return this.#command("draw", { stroke });
  }
  /** @param {number} step */
  seek(step) {
    return this.#command("seek", { step });
  }

  /**
   * @param {string} path
   * @param {any} to
   * @param {string} [gesture] What one gesture changed is undone together.
   */
  async set(path, to, gesture) {
    const reply = await this.#command("set", { path, to, gesture: gesture || undefined });
    if (!reply) return reply;
    if (gesture) this.#remember(path, gesture, reply.step);
    this.notices.edited({ [path]: to }, reply);
    return reply;
  }

  /**
   * @param {string} path
   * @param {string} gesture
   * @param {number} step
   */
  #remember(path, gesture, step) {
    const { gestures } = this.store.state;
    const last = gestures.at(-1);
    const goesOn = last?.gesture === gesture && last.path === path;
    this.store.set({
      gestures: goesOn
        ? [...gestures.slice(0, -1), { ...last, to: step }]
        : [...gestures, { path, gesture, from: step, to: step }],
    });
  }

  /**
   * Another target. Edits made at this very step are in force from the next one on: they go along.
   * @param {any} target
   */
  async setTarget(target) {
    const { recipe, step } = this.store.state;
    const reply = await this.setMany("target", { ...atThisStep(recipe, step), target });
    if (reply) await this.#pace();
    return reply;
  }

  /**
   * Replaces the experiment by this recipe, run to this step.
   * @param {any} recipe
   * @param {number} [speed] Steps per second of this experiment only: whatever comes after it goes as fast as before.
   */
  async load(recipe, step = 0, speed) {
    const reply = await this.#command("load", { recipe, step });
    if (reply) await this.#pace(speed);
    return reply;
  }

  /** @param {number} [own] The speed of an experiment that has one. */
  async #pace(own) {
    const { speed } = this.store.state;
    const usual = this.lent && speed === this.lent.speed ? this.lent.usual : speed;
    const next = own ?? usual;
    this.lent = own === undefined ? null : { speed: own, usual };
    if (next !== speed) await this.speed(next);
  }

  /** @returns {Promise<string | null>} This moment as the text of a link; null if the server cannot say it now. */
  link() {
    return this.connection.request("link").then(
      ({ link }) => link,
      () => null,
    );
  }
  /** @param {string} session One that is there already. */
  join(session) {
    return this.#enter({ session });
  }
  /** Goes on from this moment in a session of one's own. */
  async copy() {
    const { recipe, step, playing, speed } = this.store.state;
    const link = await this.link(); // The lab remembers what it has made a link of, so that nothing is trained again.
    if ((await this.#enter({ ...(link === null ? { recipe, step } : { link }), playing })) && speed !== null)
      await this.speed(speed);
  }
  /** @param {string} link */
  async openLink(link) {
    this.linkAsked = performance.now();
    const reply = await this.#command("load", { link });
    if (reply) await this.#pace();
    return reply;
  }
  undo() {
    return this.#command("undo");
  }
  redo() {
    return this.#command("redo");
  }
  /** @param {number} branch Another future of this experiment. */
  checkout(branch) {
    return this.#command("checkout", { branch });
  }
  /** @param {number} [branch] Without one: a copy of this run as it is now goes on beside it. */
  compare(branch) {
    return this.#command("compare", branch === undefined ? {} : { branch });
  }
  compareStop() {
    return this.#command("compareStop");
  }
  /** @param {number} [steps] How far; without, to where this run is. */
  seeds(steps) {
    return this.#command("seeds", steps === undefined ? {} : { steps });
  }
  seedsStop() {
    return this.#command("seedsStop");
  }

  /**
   * Several settings at once, all or none.
   * @param {string} path The one that the visitor chose.
   * @param {Record<string, any>} values
   * @param {{ compare?: boolean }} [how] `compare`: a copy of this run goes on beside it without the change.
   */
  async setMany(path, values, { compare = false } = {}) {
    const { settings } = this.store.state;
    const changed = Object.entries(values).filter(([other, to]) => other !== path && !sameValue(settings[other], to));
    const reply = await this.#command("setMany", { values, ...(compare && { compare }) });
    if (reply) this.notices.edited({ [path]: values[path], ...Object.fromEntries(changed) }, reply);
    return reply;
  }

  /**
   * Takes one step and has it explained; the frames of it are for `showHeld`.
   * @param {"generator" | "discriminator"} [only]
   */
  explain(only) {
    return this.#command("explain", { only });
  }

  /**
   * Keeps frames back from now on, until `release`: a step is being explained.
   * @param {number} step The last one before it.
   */
  hold(step) {
    this.gate.close({ ...this.store.state.frame, ...this.gate.frame("after") }, step);
    this.held = null;
  }

  /**
   * Shows one of the frames that were kept back, with the losses of the moment.
   * @param {"before" | "between" | "after"} moment
   * @param {{ d?: number, g?: number }} losses
   */
  showHeld(moment, losses) {
    this.held = { moment, losses };
    const held = this.gate.frame(moment);
    if (held) this.store.set({ frame: { ...this.store.state.frame, ...held, losses: { ...held.losses, ...losses } } });
  }

  /** Shows the latest frame, and again every one that comes. */
  release() {
    const latest = this.gate.frame("after");
    this.gate.open();
    this.held = null;
    if (latest) this.store.set({ frame: { ...this.store.state.frame, ...latest } });
    this.watch(); // Of the frames kept back, one that was not the latest may have had what the others left out.
  }

  /**
   * Tells the server what to send: nothing while nobody can see it.
   */
  watch() {
    if (this.store.state.connection !== "open") return;
    const layers = document.hidden ? [] : [...LAYERS, ...this.extraLayers];
    const rate = document.hidden ? 1 : WATCH.rate;
    this.#command("watch", { ...WATCH, rate, layers, ...(this.silenced.length > 0 ? { ablate: this.silenced } : {}) });
  }

  /**
   * Asks for a section that costs the server something only while somebody looks at it.
   * @param {string} layer
   * @param {boolean} wanted
   */
  want(layer, wanted) {
    if (this.extraLayers.has(layer) === wanted) return;
    if (wanted) this.extraLayers.add(layer);
    else this.extraLayers.delete(layer);
    this.watch();
  }

  /**
   * Silences hidden units, in what this page sees and nowhere else.
   * @param {import("./inside/network-view.js").HiddenUnit[]} units
   */
  silence(units) {
    this.silenced = units;
    this.watch();
  }

  /** What a server that the page finds (again) is asked for. */
  #known() {
    const { session, role, recipe, step, playing } = this.store.state;
    // After a lost server the page knows the experiment, and the new server may not: it is told everything.
    return session ? { session, recipe, step, playing, mustExist: role === "watcher" } : this.opening;
  }

  /**
   * @param {Record<string, unknown>} [known]
   * @returns {Promise<void>}
   */
  async #open(known = this.#known()) {
    const { session, role, recipe, step, playing } = this.store.state;
    try {
      const reply = await this.connection.request("open", { ...known, owner: ownerToken() });
      this.#entered(reply);
      if (known === this.opening && !known.session) this.speed(FIRST_SPEED);
      // Somebody else made it anew under its name before: what this page had goes on under another.
      if (session && role === "owner" && reply.role === "watcher") this.#open({ recipe, step, playing });
    } catch (error) {
      if (!(error instanceof CommandError) || error.code === "offline") return;
      if (error.code === "serverFull" || error.code === "sessionFull") {
        this.store.set({ connection: "full" });
        setTimeout(() => this.#open(), FULL_RETRY);
        return;
      }
      // Whom it watched may never come back; what it saw goes on as its own.
      if (session && error.code === "notFound") return this.#open({ recipe, step, playing });
      this.notices.refused(error);
      if (known !== this.opening || Object.keys(this.opening).length === 0) return;
      this.opening = {}; // The link was refused; the lab still opens.
      this.#open();
    }
  }

  /** @param {Record<string, unknown>} opening */
  async #enter(opening) {
    const reply = await this.#command("open", { ...opening, owner: ownerToken() });
    if (reply) this.#entered(reply);
    return reply;
  }

  /** @param {{ state: any, role: ExperimentState["role"] }} reply */
  #entered({ state, role }) {
    this.#state(state);
    this.store.set({ connection: "open", trouble: null, role });
    this.watch();
  }

  /**
   * @param {string} name
   * @param {Record<string, unknown>} [fields]
   */
  async #command(name, fields) {
    try {
      const reply = await this.connection.request(name, fields);
      if (reply.warning) this.notices.warned(reply.warning);
      return reply;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      this.notices.refused(error);
      return null;
    }
  }

  /** @param {any} event */
  #event(event) {
    if (event.event === "state") this.#state(event);
  }

  /** @param {any} state */
  #state({
    session,
    revision,
    recipe,
    settings,
    step,
    tip = step,
    seeking = null,
    playing,
    speed,
    stop = null,
    status,
    message,
    view,
    modes,
    viewers,
    canUndo = false,
    canRedo = false,
    branches = [],
    branch = 0,
    comparing = null,
    verdict = null,
  }) {
    const before = this.store.state;
    if (step < before.step) this.#rewound(step);
    if (!comparing && before.comparing)
      this.store.set({ frame: { ...before.frame, twin: undefined }, twinHistory: new Series() });
    // An edit made at this very step is in force from the next one on: it is what the settings say.
    this.store.set({
      session,
      revision,
      recipe,
      settings: { ...settings, ...atThisStep(recipe, step) },
      step,
      tip,
      seeking,
      playing,
      speed,
      stop,
      status,
      message,
      view,
      modes,
      viewers,
      canUndo,
      canRedo,
      branches,
      branch,
      comparing,
      verdict,
    });
    if (this.linkAsked && seeking === null && step > 0) {
      this.notices.rebuilt(step, performance.now() - this.linkAsked);
      this.linkAsked = 0;
    }
  }

  /** @param {Frame} frame */
  #frame(frame) {
    const { state } = this.store;
    // A strip of seeds is about other runs than this one.
    if (frame.strip) return this.store.set({ frame: { ...state.frame, strip: frame.strip } });
    if (frame.revision < state.revision) return; // The world before the latest edit, overtaken on its way here.
    if (frame.step < state.step) this.#rewound(frame.step);
    if (frame.step === 0) frame.losses = undefined; // Nothing has been learned from yet.
    /** @type {Partial<ExperimentState>} */
    const patch = { step: frame.step, rate: frame.rate };
    const isKept = this.gate.keep(frame);
    if (!isKept)
      patch.frame = {
        ...state.frame,
        ...frame,
        twin: frame.twin ? { ...state.frame.twin, ...frame.twin } : state.frame.twin,
      };
    const grown = [remember(state.history, frame), frame.twin && remember(state.twinHistory, frame.twin)];
    if (grown.some(Boolean)) patch.historyRevision = state.historyRevision + 1;
    this.store.set(patch);
    if (isKept && this.held) this.showHeld(this.held.moment, this.held.losses); // It may be the one that was waited for.
  }

  /** @param {number} step */
  #rewound(step) {
    const { history, historyRevision, gestures } = this.store.state;
    history.truncate(step);
    this.store.set({
      historyRevision: historyRevision + 1,
      gestures: gestures.filter((/** @type {{ from: number }} */ { from }) => from <= step),
    });
  }
}

/**
 * The settings that were edited at this very step.
 * @param {any} recipe
 * @param {number} step
 * @returns {Record<string, any>} By path.
 */
function atThisStep(recipe, step) {
  const edits = (recipe?.timeline ?? []).filter((/** @type {any} */ edit) => edit.set && edit.step === step);
  return Object.fromEntries(edits.map((/** @type {any} */ edit) => [edit.set, edit.to]));
}

/**
 * Takes a frame's chart points into the history.
 * @param {Series} series
 * @param {Partial<Frame>} frame
 * @returns {boolean} whether there were any.
 */
function remember(series, { history, historyWhole }) {
  if (!history || (history.length === 0 && !historyWhole)) return false;
  if (historyWhole) series.replace(history);
  else series.append(history);
  return true;
}
