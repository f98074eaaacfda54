import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { chooseLanguage, createTranslator, languages } from "../../Public/i18n.js";
import { createWords } from "../../Public/recipe/words.js";
import { keyName } from "../../Public/keys.js";
import { initialLayers, switched } from "../../Public/views/layers.js";
import { outcome } from "../../Public/views/seeds.js";
import { groupEdits, joinMoments, roomForNames } from "../../Public/views/timeline.js";
import { remedies } from "../../Public/views/remedies.js";
import { figures, verdictName } from "../../Public/views/verdict.js";

const page = new URL("../../Public/", import.meta.url);
const texts = Object.fromEntries(
  Object.keys(languages).map((code) => [
    code,
    JSON.parse(readFileSync(new URL(`languages/${code}.json`, page), "utf8")),
  ]),
);

test("the address chooses the language, then an earlier choice, then the browser", () => {
  assert.equal(chooseLanguage("?lang=zh", "en", ["en"]), "zh");
  assert.equal(chooseLanguage("", "zh", ["en"]), "zh");
  assert.equal(chooseLanguage("", null, ["fr-FR", "zh-CN"]), "zh");
  assert.equal(chooseLanguage("?lang=xx", null, ["fr"]), "en");
});

test("every language has the same texts with the same placeholders", () => {
  const placeholders = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const code of Object.keys(languages)) {
    for (const key of Object.keys(texts.en)) {
      assert.ok(key in texts[code], `${code} lacks ${key}`);
      assert.deepEqual(placeholders(texts[code][key]), placeholders(texts.en[key]), `${code}: ${key}`);
    }
  }
});

test("Chinese stands in full-width punctuation, and calls the reader 你", () => {
  for (const [key, text] of Object.entries(texts.zh)) {
    assert.doesNotMatch(text, /您/, key);
    assert.doesNotMatch(text, /[一-鿿] [一-鿿]|[一-鿿][,;:?!]|[，。：；！？、] /, key);
  }
});

test("a shortcut is the key's letter, or its place where another script stands on it", () => {
  const name = (key, code, shiftKey = false) => keyName({ key, code, shiftKey });
  assert.equal(name("d", "KeyD"), "D");
  assert.equal(name("e", "KeyD"), "E", "a Latin layout is taken at its word");
  assert.equal(name("в", "KeyD"), "D");
  assert.equal(name("Process", "KeyG"), "G");
  assert.equal(name("【", "BracketLeft"), "[");
  assert.equal(name("？", "Slash", true), "?");
  assert.equal(name("ArrowRight", "ArrowRight"), "ArrowRight");
  assert.equal(name(" ", "Space"), " ");
});

test("the background is one choice, or none", () => {
  const backgrounds = ({ heatmap, optimum, difference }) => [heatmap, optimum, difference].map(Number).join("");
  const optimum = switched(initialLayers, "optimum");
  assert.equal(backgrounds(optimum), "010");
  assert.equal(backgrounds(switched(optimum, "difference")), "001");
  assert.equal(backgrounds(switched(optimum, "optimum")), "100", "what was chosen instead goes back to D");
  assert.equal(backgrounds(switched(initialLayers, "heatmap")), "000");
  assert.equal(switched(initialLayers, "fake").fake, false);
});

test("eight seeds are summed up in one line", () => {
  const strip = ["good", "good", "collapsed", "away"].map((verdict) => ({ verdict }));
  assert.equal(outcome(strip, createTranslator(texts.en)), "2 of 4 learned, 1 collapsed, 1 not learned yet");
});

test("every text that the page names exists", () => {
  const sources = readdirSync(page, { recursive: true })
    .filter((name) => /\.(js|html)$/.test(name))
    .map((name) => readFileSync(new URL(name, page), "utf8"))
    .join("\n");
  const named = [...sources.matchAll(/\bt\(\s*"([\w.]+)"|data-i18n(?:-label|-title)?="([\w.]+)"/g)].map(
    (match) => match[1] ?? match[2],
  );
  assert.ok(named.length > 50);
  for (const key of named) assert.ok(key in texts.en, key);
});

test("every verdict of the server is said in every language, trouble with its reason and what to try", () => {
  const told = readFileSync(new URL("../../Sources/GANEngine/Metrics/Verdict.swift", import.meta.url), "utf8");
  const names = [...told.matchAll(/case \.(\w+): "\1"/g)].map((match) => match[1]);
  assert.ok(names.length >= 14);
  for (const code of Object.keys(languages)) {
    for (const name of [...names, "untrained"]) {
      assert.ok(`verdict.${name}` in texts[code], `${code}: ${name}`);
      const isTrouble = !["untrained", "warmingUp", "learned", "close", "learning"].includes(name);
      for (const part of ["why", "try"])
        assert.equal(`verdict.${name}.${part}` in texts[code], isTrouble, `${code}: ${name}.${part}`);
    }
  }
});

test("what the server says of a run is what the page says, with the freshest figures", () => {
  const verdict = { name: "collapsed", evidence: { covered: 2, of: 8 } };
  assert.equal(verdictName({ step: 5000, status: "playing", playing: true, verdict }), "collapsed");
  assert.equal(verdictName({ step: 5000, status: "diverged", playing: false, verdict }), "diverged");
  assert.equal(verdictName({ step: 0, status: "ready", playing: false, verdict: null }), "untrained");
  assert.equal(
    verdictName({ step: 0, status: "playing", playing: true, verdict: null }),
    "warmingUp",
    "who has pressed play is not told to",
  );
  assert.equal(verdictName({ step: 5, status: "playing", playing: true, verdict: null }), "warmingUp");
  assert.equal(figures(verdict, { modes: { value: 1, floor: 8 } }, 8).covered, 1);
  assert.equal(figures(verdict, {}, 8).covered, 2);
});

test("how many times as far as real samples is read from the figures beside it, not from an older verdict", () => {
  const verdict = { name: "stalled", evidence: { ratio: 12.34 } };
  assert.equal(figures(verdict, { slicedWasserstein: { value: 0.3, floor: 0.1 } }, null).ratio, "3.0");
  assert.equal(figures(verdict, { slicedWasserstein: { value: 2.34, floor: 0.1 } }, null).ratio, "23");
  assert.equal(figures(verdict, {}, null).ratio, "–");
});

/** A run's settings; both networks alike but for what is said. */
const settings = (values = {}) => {
  const network = {
    "optimizer.kind": "adam",
    "optimizer.beta1": 0.5,
    "optimizer.learningRate": 0.001,
    updates: 1,
    hidden: [64, 64],
  };
  const both = ["generator", "discriminator"].flatMap((name) =>
    Object.entries(network).map(([key, value]) => [`${name}.${key}`, value]),
  );
  return {
    ...Object.fromEntries(both),
    "discriminator.minibatchStandardDeviation": false,
    "discriminator.unrolling": 0,
    "discriminator.spectralNormalization": false,
    "penalty.r1": 0,
    "loss.kind": "nonSaturating",
    ...values,
  };
};
const momentum = { "generator.optimizer.beta1": 0.9, "discriminator.optimizer.beta1": 0.9 };
const lessMomentum = { "generator.optimizer.beta1": 0.5, "discriminator.optimizer.beta1": 0.5 };
const wholeMinibatch = { "discriminator.minibatchStandardDeviation": true };

test("a remedy is offered under the settings where it was measured to help, and no other", () => {
  assert.deepEqual(remedies("collapsed", settings({ "generator.optimizer.learningRate": 0.01 })), [wholeMinibatch]);
  assert.deepEqual(remedies("hopping", settings()), [wholeMinibatch, { "discriminator.unrolling": 5 }]);
  assert.deepEqual(remedies("missing", settings(momentum)), [{ "penalty.r1": 0.1 }, wholeMinibatch, lessMomentum]);
  assert.deepEqual(remedies("oscillating", settings({ "discriminator.hidden": [4] })), [
    { "discriminator.hidden": [64, 64] },
  ]);
  assert.deepEqual(remedies("outside", settings({ "generator.updates": 5 })), [
    { "generator.updates": 1, "discriminator.updates": 1 },
  ]);
  assert.deepEqual(remedies("blurred", settings({ ...momentum, "penalty.r1": 1 })).slice(0, 2), [
    { "penalty.r1": 0.1 },
    lessMomentum,
  ]);
  assert.deepEqual(remedies("vanished", settings({ "loss.kind": "minimax" })), [
    { "loss.kind": "nonSaturating" },
    { "penalty.r1": 0.1 },
  ]);
  assert.deepEqual(remedies("learned", settings()), []);
});

test("no remedy asks for what is so already, or for what the server refuses together", () => {
  assert.deepEqual(remedies("collapsed", settings(wholeMinibatch)), []);
  assert.deepEqual(
    remedies("hopping", settings({ ...wholeMinibatch, "discriminator.spectralNormalization": true })),
    [],
  );
  assert.deepEqual(
    remedies(
      "oscillating",
      settings({ "discriminator.hidden": [], "penalty.r1": 0.1, "generator.optimizer.kind": "sgd" }),
    ),
    [{ "generator.optimizer.learningRate": 0.00033, "discriminator.optimizer.learningRate": 0.00033 }],
  );
});

test("a drag is one tick, its last value; another setting or a later edit is another", () => {
  const set = (step, path, to) => ({ step, set: path, to });
  const timeline = [set(100, "a", 1), set(105, "a", 2), set(110, "a", 3), set(111, "b", 1), set(500, "a", 4)];
  assert.deepEqual(groupEdits(timeline, 20), [set(100, "a", 3), set(111, "b", 1), set(500, "a", 4)]);
  const drag = [set(100, "a", 1), set(300, "a", 2), set(600, "a", 3), set(900, "a", 4)];
  assert.deepEqual(
    groupEdits(drag, 20, [{ path: "a", from: 100, to: 600 }]),
    [set(100, "a", 3), set(900, "a", 4)],
    "a long drag is still one",
  );
});

test("what a choice brought along is told with it, the choice first, and is one tick", () => {
  const choices = [{ value: "wasserstein", label: "Wasserstein", help: "", companions: { "penalty.gradient": 1 } }];
  const schema = {
    fields: [
      { path: "loss.kind", label: "Loss", help: "", kind: "choice", choices },
      { path: "penalty.gradient", label: "Gradient penalty", help: "", kind: "number" },
    ],
    targets: [],
  };
  const words = createWords(createTranslator(texts.en), schema);
  const edits = [
    { step: 5, set: "penalty.gradient", to: 1 },
    { step: 5, set: "loss.kind", to: "wasserstein" },
  ];
  assert.deepEqual(words.edits(edits), ["Loss Wasserstein", "Gradient penalty 1"]);
  assert.equal(
    words.changes({ "loss.kind": "wasserstein", "penalty.gradient": 1 }),
    "Loss Wasserstein, Gradient penalty 1",
  );
  const later = { step: 9, set: "penalty.gradient", to: 2 };
  assert.deepEqual(joinMoments([...edits, later]), [
    { step: 5, edits },
    { step: 9, edits: [later] },
  ]);
});

test("a refusal names the setting as the page does and says which values it takes", () => {
  const rate = {
    path: "generator.optimizer.learningRate",
    label: "Learning rate",
    help: "",
    kind: "number",
    min: 1e-6,
    max: 10,
    zero: true,
  };
  const hidden = {
    path: "generator.hidden",
    label: "Hidden layers",
    help: "",
    kind: "widths",
    layers: [0, 6],
    neurons: [1, 256],
  };
  const words = createWords(createTranslator(texts.en), { fields: [rate, hidden], targets: [] });
  assert.equal(
    words.error({ code: "wrongType", path: rate.path, message: `${rate.path} must be a number; got abc` }),
    "Learning rate (G) must be a number from 1e-6 to 10, or 0.",
  );
  assert.equal(
    words.error({ code: "outOfRange", path: hidden.path, message: "…" }),
    "Hidden layers (G) must be 0 to 6 layers of 1 to 256 neurons each.",
  );
  assert.equal(
    words.error({ code: "contradiction", path: "", message: "With generator.hidden empty, 1.5 is too much." }),
    "With Hidden layers (G) empty, 1.5 is too much.",
  );
});

test("a distribution that was chosen is called by its name alone", () => {
  const schema = {
    fields: [{ path: "target", label: "Distribution", help: "", kind: "target" }],
    targets: [{ value: "spiral", label: "Spiral", help: "" }],
    presets: [],
  };
  const words = createWords(createTranslator(texts.en), schema);
  assert.equal(words.edit({ set: "target", to: "spiral" }), "Spiral");
  assert.equal(words.edit({ set: "target", to: { drawing: [] } }), "Your drawing");
});

test("a network without hidden layers has none", () => {
  const words = createWords(createTranslator(texts.en), {
    fields: [{ path: "generator.hidden", label: "Hidden layers", help: "", kind: "widths" }],
    targets: [],
  });
  assert.equal(words.edit({ set: "generator.hidden", to: [] }), "Hidden layers (G) none");
  assert.equal(words.edit({ set: "generator.hidden", to: [32, 16] }), "Hidden layers (G) 32, 16");
});

test("names of ticks never cover each other, and the latest is named", () => {
  assert.deepEqual(roomForNames([0.1, 0.12, 0.5, 0.55]), [false, true, false, true]);
  assert.deepEqual(roomForNames([0.85, 0.97]), [false, true], "both would stand left of undo and redo");
  assert.deepEqual(roomForNames([]), []);
});

test("names come from the language file, and from the schema where it has none", () => {
  const schema = {
    fields: [{ path: "generator.optimizer.learningRate", label: "Learning rate", help: "", kind: "number" }],
    targets: [],
  };
  const english = createWords(createTranslator(texts.en), schema);
  assert.equal(english.edit({ set: "generator.optimizer.learningRate", to: 0.003 }), "Learning rate (G) 0.003");
  assert.equal(english.edit({ only: "discriminator" }), "D only");
  const chinese = createWords(createTranslator({ ...texts.en, "field.*.optimizer.learningRate": "学习率" }), schema);
  assert.equal(chinese.label(schema.fields[0]), "学习率");
});
