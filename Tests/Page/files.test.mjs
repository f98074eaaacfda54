import assert from "node:assert/strict";
import test from "node:test";
import { linkIn } from "../../Public/recipe/address.js";
import { recipeIn } from "../../Public/protocol/api.js";
import { recipeFile } from "../../Public/recipe/files.js";
import { presetRecipe } from "../../Public/views/presets.js";
import { differences } from "../../Public/views/compare.js";

const recipe = { version: 1, settings: { seed: 7 }, timeline: [] };

test("a saved recipe is read back, and so is a bare one", () => {
  assert.deepEqual(recipeIn(recipeFile(recipe, 120)), { recipe, step: 120 });
  assert.deepEqual(recipeIn(JSON.stringify(recipe)), { recipe, step: 0 });
});

test("what is no recipe may be something else: points, say", () => {
  for (const text of ["", "[]", "null", "7", '{"recipe":5}', '{"a":1}', "x,y\n1,2", "[[1,2],[3,4]]"])
    assert.equal(recipeIn(text), null, text);
});

test("a preset is a recipe, or settings that make one", () => {
  assert.deepEqual(
    presetRecipe({ name: "a", label: "", help: "", recipe, step: 9 }),
    { recipe, step: 9, speed: 500, plays: false },
    "what is trained is looked at first",
  );
  assert.deepEqual(presetRecipe({ name: "a", label: "", help: "", settings: { seed: 2 } }), {
    recipe: { version: 1, settings: { seed: 2 }, timeline: [] },
    step: 0,
    speed: 500,
    plays: true,
  });
});

test("two recipes differ in what they end up with, not in how they got there", () => {
  const defaults = { seed: 1, batch: 128, target: "ring" };
  const edited = {
    settings: { seed: 1 },
    timeline: [
      { step: 5, set: "batch", to: 64 },
      { step: 9, set: "seed", to: 1 },
    ],
  };
  assert.deepEqual(differences({ settings: {}, timeline: [] }, edited, defaults), [
    { path: "batch", theirs: 128, ours: 64 },
  ]);
  assert.deepEqual(differences(edited, { settings: { batch: 64 } }, defaults), []);
});

test("an anchor of the article is no link", () => {
  assert.equal(linkIn("#x=AQID"), "AQID");
  assert.equal(linkIn("#how"), null);
  assert.equal(linkIn(""), null);
});
