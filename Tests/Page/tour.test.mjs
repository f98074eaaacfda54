import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { placeBeside } from "../../Public/tour/place.js";
import { steps } from "../../Public/tour/steps.js";

const room = { width: 400, height: 800 };
const card = { width: 300, height: 150 };
const part = (left, top, width, height) => ({ left, top, width, height, right: left + width, bottom: top + height });

test("the card stands beside the part it speaks of, and never outside the window", () => {
  assert.deepEqual(placeBeside(part(50, 20, 300, 40), card, room), { left: 50, top: 70 }, "below");
  assert.deepEqual(
    placeBeside(part(50, 700, 300, 90), card, room),
    { left: 50, top: 540 },
    "above, where there is no room below",
  );
  assert.deepEqual(placeBeside(part(0, 20, 20, 40), card, room), { left: 10, top: 70 }, "at the edge, not past it");
  assert.deepEqual(
    placeBeside(part(0, 0, 400, 800), card, room),
    { left: 50, top: 640 },
    "over the end of what fills the window",
  );
  assert.deepEqual(
    placeBeside(part(0, 0, 400, 600), card, { width: 1000, height: 600 }),
    { left: 410, top: 10 },
    "to the right of a high part",
  );
});

test("every step of the tour has its words in every language", () => {
  for (const language of ["en", "zh"]) {
    const texts = JSON.parse(readFileSync(new URL(`../../Public/languages/${language}.json`, import.meta.url), "utf8"));
    for (const { name } of steps)
      for (const key of [`tour.${name}`, `tour.${name}.text`]) assert.ok(texts[key], `${language}: ${key}`);
  }
});
