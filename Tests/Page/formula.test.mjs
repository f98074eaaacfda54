import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { FormulaError, formulaText, parseFormula } from "../../Public/article/formula.js";
import { losses, nodes } from "../../Public/views/model-layout.js";

const languages = ["en", "zh"];
const prose = (language) => readFileSync(new URL(`../../Public/article/${language}.html`, import.meta.url), "utf8");
const formulas = (html) => [...html.matchAll(/<code class="formula[^"]*">(.*?)<\/code>/g)].map((match) => match[1]);

/** Every part named in a formula, outermost first. */
const partsOf = ({ part, children = [] }) => [...(part ? [part] : []), ...children.flatMap(partsOf)];

test("a symbol knows its part of the model, and so does what is made of it", () => {
  assert.deepEqual(partsOf(parseFormula("D(G(z))")), ["scores-fake", "discriminator", "fake", "generator", "noise"]);
  assert.deepEqual(partsOf(parseFormula("L_D")), ["loss-discriminator", "discriminator"]);
  assert.deepEqual(partsOf(parseFormula("@gradients{{∂L}/{∂s}}")), ["gradients"]);
});

test("indices, powers and fractions bind to what stands before them", () => {
  const [square] = parseFormula("D(G(z))^2").children;
  assert.equal(square.tag, "msup");
  assert.equal(formulaText(square.children[0]), "D(G(z))");
  const [fraction] = parseFormula("{p(x)}/{p(x) + q(x)}").children;
  assert.equal(fraction.tag, "mfrac");
  assert.deepEqual(fraction.children.map(formulaText), ["p(x)", "p(x)+q(x)"]);
});

test("a minus is a sign where nothing stands before it, and an operation elsewhere", () => {
  const signs = ({ tag, text, attributes, children = [] }) => [
    ...(tag === "mo" && text === "−" ? [attributes?.form === "prefix"] : []),
    ...children.flatMap(signs),
  ];
  assert.deepEqual(signs(parseFormula("L = −a − b")), [true, false]);
  assert.deepEqual(signs(parseFormula("−(−a)")), [true, true]);
});

test("what cannot be read says so", () => {
  for (const source of ["D(x", "{a", "a_", "@noise x"]) assert.throws(() => parseFormula(source), FormulaError, source);
});

test("every formula of the article can be read, and is the same in every language", () => {
  const [first, ...others] = languages.map((language) =>
    formulas(prose(language)).map((source) => source.replace(/"[^"]*"/g, "")),
  );
  assert.ok(first.length > 20);
  first.forEach((source) => parseFormula(source));
  for (const other of others) assert.deepEqual(other.toSorted(), first.toSorted());
});

test("the article's languages have the same sections, links and experiments to try", () => {
  const outline = (html) =>
    [...html.matchAll(/<h2 id="(\w+)"|href="([^"]+)"|data-preset="([\w-]+)"|data-part="([\w-]+)"/g)].map((match) =>
      match.slice(1).find(Boolean),
    );
  const [first, ...others] = languages.map((language) => outline(prose(language)).toSorted());
  for (const other of others) assert.deepEqual(other, first);
});

test("the article points only at parts that the model has", () => {
  const known = new Set([...Object.keys(nodes(false)), ...Object.keys(losses).map((name) => `loss-${name}`)]);
  const named = [...prose("en").matchAll(/data-part="([\w-]+)"/g)].map((match) => match[1]);
  const inFormulas = formulas(prose("en")).flatMap((source) => partsOf(parseFormula(source)));
  assert.deepEqual(
    [...new Set([...named, ...inFormulas])].filter((part) => !known.has(part)),
    [],
  );
});

test("the article needs no inline script or style", () => {
  for (const language of languages) assert.doesNotMatch(prose(language), /<script|<style|\sstyle=|\son\w+=/i);
});
