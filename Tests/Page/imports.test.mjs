import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { createTranslator } from "../../Public/i18n.js";
import { contrast, density } from "../../Public/imports/ink.js";
import { reportLines } from "../../Public/imports/report.js";
import { createWords } from "../../Public/recipe/words.js";

const texts = (code) =>
  JSON.parse(readFileSync(new URL(`../../Public/languages/${code}.json`, import.meta.url), "utf8"));

/** An image whose pixels a function of their place gives, as RGB or RGBA. */
function image(side, colour) {
  const pixels = new Uint8ClampedArray(4 * side * side);
  for (let i = 0; i < side * side; i++) pixels.set([...colour(i % side, Math.floor(i / side)), 255].slice(0, 4), 4 * i);
  return pixels;
}

const isInDisc = (x, y) => Math.hypot(x + 0.5 - 100, y + 0.5 - 100) < 40;

/** The share of the density that lies in the disc. */
function shareInDisc(pixels, options) {
  const { darkness } = density(contrast(pixels, 200, 200), 200, 200, options);
  let [inside, all] = [0, 0];
  darkness.forEach((value, i) => {
    all += value;
    if (isInDisc(i % 200, Math.floor(i / 200))) inside += value;
  });
  return inside / all;
}

test("on paper that is not white, only what is drawn counts", () => {
  const paper = image(200, (x, y) => (isInDisc(x, y) ? [60, 60, 70] : [205, 200, 190]));
  assert.equal(shareInDisc(paper), 1);
  const noise = (x, y) => ((x * 7 + y * 13) % 11) - 5;
  const grain = (x, y) => (isInDisc(x, y) ? [60, 60, 70] : [205, 200, 190]).map((value) => value + noise(x, y));
  assert.equal(shareInDisc(image(200, grain)), 1, "nor does the paper's grain");
});

test("white on black counts as black on white does", () => {
  assert.equal(shareInDisc(image(200, (x, y) => (isInDisc(x, y) ? [255, 255, 255] : [0, 0, 0]))), 1);
});

test("on a transparent background, what is opaque counts, whatever its colour", () => {
  for (const colour of [0, 255])
    assert.equal(shareInDisc(image(200, (x, y) => [colour, colour, colour, isInDisc(x, y) ? 255 : 0])), 1);
});

test("inverted, the background counts", () => {
  const paper = image(200, (x, y) => (isInDisc(x, y) ? [60, 60, 70] : [205, 200, 190]));
  assert.equal(shareInDisc(paper, { invert: true }), 0);
});

test("a threshold leaves out what differs less, and shades above it stay shades", () => {
  const shades = image(200, (x) => [255 - x, 255 - x, 255 - x]);
  const all = density(contrast(shades, 200, 200), 200, 200, { threshold: 1 }).darkness;
  const most = density(contrast(shades, 200, 200), 200, 200, { threshold: 100 }).darkness;
  assert.ok(all.some((value) => value > 0 && value < 100));
  assert.ok(most.every((value) => value === 0 || value >= 100));
  assert.ok(new Set(most).size > 50);
});

test("an image of one colour has no density", () => {
  assert.ok(
    contrast(
      image(20, () => [90, 91, 90]),
      20,
      20,
    ).every((value) => value === 0),
  );
});

test("what was taken, left out and thinned is said", () => {
  const columns = ["", "width", "height"].map((name, index) => ({ name, isNumeric: true, isCounter: index === 0 }));
  const report = { columns, x: 1, y: 2, scaling: "equal", encoding: "utf-8", points: 30000, kept: 20000, leftOut: 1 };
  assert.deepEqual(reportLines(report, 20000, createTranslator(texts("en"))), [
    "Taken: width as x, height as y.",
    "20,000 points.",
    "The file has 30,000 points; a random sample of 20,000 of them is used.",
    "1 row without one of the two numbers is left out.",
    "Column 1 only numbers the rows.",
  ]);
  const whole = { ...report, columns: columns.slice(1), x: 0, y: 1, points: 20000, leftOut: 0 };
  assert.equal(reportLines(whole, 20000, createTranslator(texts("zh"))).length, 2);
});

test("why a file is refused is said in Chinese, with its line", () => {
  const words = createWords(createTranslator(texts("zh")), { fields: [], targets: [], presets: [] });
  const details = { reason: "notANumber", values: { line: "3", cell: "abc" } };
  const error = { code: "malformed", path: "file", message: "line 3: 'abc' is not a number", details };
  assert.equal(words.error(error), "第 3 行：“abc”不是数字。");
  const source = new URL("../../Sources/Lab/Imports/ImportError.swift", import.meta.url);
  const reasons = [...readFileSync(source, "utf8").matchAll(/\.init\("(\w+)"/g)].map((match) => match[1]);
  assert.ok(reasons.length >= 14);
  for (const reason of reasons) assert.ok(`error.file.${reason}` in texts("zh"), reason);
});
