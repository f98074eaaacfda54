import assert from "node:assert/strict";
import test from "node:test";
import { choiceChanges, chosen, options } from "../../Public/recipe/choices.js";

const companions = { "penalty.gradient": 1, "discriminator.updates": 5 };
const loss = { path: "loss.kind", kind: "choice", choices: [{ value: "hinge" }, { value: "wasserstein", companions }] };
const defaults = { "loss.kind": "hinge", "penalty.gradient": 0, "penalty.weightClip": 0, "discriminator.updates": 1 };
const settings =
  (values = {}) =>
  (path) =>
    ({ ...defaults, ...values })[path];
const penalised = { "loss.kind": "wasserstein", ...companions };
const clipped = { "loss.kind": "wasserstein", "penalty.weightClip": 0.1, "discriminator.updates": 5 };

test("Wasserstein with a penalty and with clipping are two entries of the list", () => {
  assert.deepEqual(
    options(loss).map(({ key }) => key),
    ["hinge", "wasserstein", "wasserstein-clipped"],
  );
  assert.equal(chosen(loss, settings()), "hinge");
  assert.equal(chosen(loss, settings(penalised)), "wasserstein");
  assert.equal(chosen(loss, settings({ ...penalised, "penalty.gradient": 3 })), "wasserstein", "whatever its weight");
  assert.equal(chosen(loss, settings(clipped)), "wasserstein-clipped");
  assert.equal(
    chosen(loss, settings({ "loss.kind": "wasserstein" })),
    "wasserstein-alone",
    "without a limit it has neither name",
  );
});

test("a choice brings its companions, and takes them away when it goes", () => {
  assert.deepEqual(choiceChanges(loss, "wasserstein", settings(), defaults), penalised);
  assert.deepEqual(choiceChanges(loss, "hinge", settings(penalised), defaults), {
    "loss.kind": "hinge",
    "penalty.gradient": 0,
    "discriminator.updates": 1,
  });
  assert.deepEqual(choiceChanges(loss, "wasserstein-clipped", settings(penalised), defaults), {
    ...clipped,
    "penalty.gradient": 0,
  });
});

test("what was changed since stays when the choice goes", () => {
  const changed = settings({ ...penalised, "discriminator.updates": 3 });
  assert.deepEqual(choiceChanges(loss, "hinge", changed, defaults), { "loss.kind": "hinge", "penalty.gradient": 0 });
});

test("a choice without companions changes nothing else", () => {
  const plain = { path: "noise.distribution", kind: "choice", choices: [{ value: "gaussian" }, { value: "uniform" }] };
  assert.deepEqual(choiceChanges(plain, "uniform", settings({ "noise.distribution": "gaussian" }), defaults), {
    "noise.distribution": "uniform",
  });
});
