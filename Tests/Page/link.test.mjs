import assert from "node:assert/strict";
import test from "node:test";
import { decodeLink, encodeLink } from "../../Public/recipe/link.js";

const linked = { recipe: { version: 1, settings: { target: "ring8", seed: 7 }, timeline: [{ step: 500, set: "generator.optimizer.learningRate", to: 0.003 }] }, step: 1200 };

test("a link carries recipe and step", async () => {
  assert.deepEqual(await decodeLink(await encodeLink(linked)), linked);
});

test("a link of version 1 is read for ever", async () => {
  const published = "#1=LYzBCsIwEAX_5Z1DSRVR9jO8ioegj7DQbspm8WDJv4vidYaZHc6HboTseNG7NoPMCZ0RarV_eRSvDAhcrV7wlXxCziMhdOWiRshtRw9ukFPOvxyCSqOXaD61LXTVN31aWNzU6rUEkRANkqecj-M-0v8wH3IeHw";
  assert.deepEqual(await decodeLink(published), linked);
});

test("an anchor of the article is no link", async () => {
  assert.equal(await decodeLink("#what-is-a-gan"), null);
  assert.equal(await decodeLink(""), null);
});

test("a link that was cut short, changed, or is of a later version is refused", async () => {
  const hash = await encodeLink(linked);
  await assert.rejects(decodeLink(hash.slice(0, -12)));
  await assert.rejects(decodeLink(hash.slice(0, 20) + "AAAA" + hash.slice(24)));
  await assert.rejects(decodeLink("#1=!!!"));
  await assert.rejects(decodeLink("#9=abc"));
});
