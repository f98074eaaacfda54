import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { chooseLanguage, createTranslator, languages } from "../../Public/i18n.js";
import { createWords } from "../../Public/recipe/words.js";
import { groupEdits, roomForNames } from "../../Public/views/timeline.js";
import { verdict } from "../../Public/views/verdict.js";

const page = new URL("../../Public/", import.meta.url);
const texts = Object.fromEntries(Object.keys(languages).map((code) => [code, JSON.parse(readFileSync(new URL(`languages/${code}.json`, page), "utf8"))]));

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

test("every text that the page names exists", () => {
  const sources = readdirSync(page, { recursive: true }).filter((name) => /\.(js|html)$/.test(name)).map((name) => readFileSync(new URL(name, page), "utf8")).join("\n");
  const named = [...sources.matchAll(/\bt\(\s*"([\w.]+)"|data-i18n(?:-label|-title)?="([\w.]+)"/g)].map((match) => match[1] ?? match[2]);
  assert.ok(named.length > 50);
  for (const key of named) assert.ok(key in texts.en, key);
});

test("what was measured decides what is said", () => {
  const base = { step: 5000, status: "playing", modes: 8 };
  const metrics = (value, modes, precision = 0.9) => ({ slicedWasserstein: { value, floor: 0.02 }, modes: { value: modes }, precision: { value: precision } });
  assert.equal(verdict({ ...base, status: "diverged", metrics: {} }), "diverged");
  assert.equal(verdict({ ...base, step: 0, metrics: {} }), "untrained");
  assert.equal(verdict({ ...base, metrics: {} }), "waiting");
  assert.equal(verdict({ ...base, metrics: metrics(0.9, 1) }), "collapsed");
  assert.equal(verdict({ ...base, metrics: metrics(0.1, 6) }), "missing");
  assert.equal(verdict({ ...base, metrics: metrics(0.03, 8) }), "matched");
  assert.equal(verdict({ ...base, metrics: { ...metrics(0.03, 8), highQuality: { value: 0.4 } } }), "close");
  assert.equal(verdict({ ...base, metrics: metrics(0.08, 8) }), "close");
  assert.equal(verdict({ ...base, metrics: metrics(0.9, 0, 0) }), "learning");
});

test("a drag is one tick, its last value; another setting or a later edit is another", () => {
  const set = (step, path, to) => ({ step, set: path, to });
  const timeline = [set(100, "a", 1), set(105, "a", 2), set(110, "a", 3), set(111, "b", 1), set(500, "a", 4)];
  assert.deepEqual(groupEdits(timeline, 20), [set(100, "a", 3), set(111, "b", 1), set(500, "a", 4)]);
});

test("names of ticks never cover each other, and the latest is named", () => {
  assert.deepEqual(roomForNames([0.1, 0.12, 0.5, 0.55]), [false, true, false, true]);
  assert.deepEqual(roomForNames([]), []);
});

test("names come from the language file, and from the schema where it has none", () => {
  const schema = { fields: [{ path: "generator.optimizer.learningRate", label: "Learning rate", help: "", kind: "number" }], targets: [] };
  const english = createWords(createTranslator(texts.en), schema);
  assert.equal(english.edit({ set: "generator.optimizer.learningRate", to: 0.003 }), "Learning rate (G) 0.003");
  assert.equal(english.edit({ only: "discriminator" }), "D only");
  const chinese = createWords(createTranslator({ ...texts.en, "field.*.optimizer.learningRate": "学习率" }), schema);
  assert.equal(chinese.label(schema.fields[0]), "学习率");
});
