import assert from "node:assert/strict";
import test from "node:test";
import { futureName } from "../../Public/views/compare.js";
import { treeRows } from "../../Public/views/futures.js";

const branch = (id, parent, forkStep, tip) => ({ id, parent, forkStep, tip, label: "", values: {} });

test("each future stands below the one it left, and every line leads to its parent", () => {
  const rows = treeRows([
    branch(0, null, 0, 1000),
    branch(1, 0, 400, 600),
    branch(2, 0, 200, 900),
    branch(3, 1, 500, 2000),
  ]);
  assert.deepEqual(
    rows.map((row) => row.branch.id),
    [0, 1, 3, 2],
  );
  assert.deepEqual(
    rows.map((row) => row.from),
    [0, 0.2, 0.25, 0.1],
  );
  assert.deepEqual(
    rows.map((row) => row.to),
    [0.5, 0.3, 1, 0.45],
  );
  // The line of 2 leaves 0 and passes 1 and 3 on its way down.
  assert.deepEqual(
    rows.map((row) => row.through),
    [[], [0.1], [0.1], []],
  );
});

test("a future whose parent was forgotten stands for itself", () => {
  const rows = treeRows([branch(5, 4, 300, 500), branch(6, 5, 400, 450)]);
  assert.deepEqual(
    rows.map((row) => row.branch.id),
    [5, 6],
  );
});

test("nothing run yet is drawn without dividing by it", () => {
  assert.deepEqual(
    treeRows([branch(0, null, 0, 0)]).map(({ from, to }) => [from, to]),
    [[0, 0]],
  );
});

test("a future is named after what made it one", () => {
  const t = (key) => (key === "list.separator" ? ", " : key);
  const words = {
    field: (path) => (path === "batch" ? { path } : undefined),
    fullLabel: () => "Batch",
    edit: ({ to }) => `Batch ${to}`,
    preset: (name) => `The ${name}`,
  };
  const name = (label, values) => futureName({ label, values }, words, t);
  assert.equal(name(""), "futures.original");
  assert.equal(name("batch"), "Batch");
  assert.equal(name("batch", { batch: 32 }), "Batch 32");
  assert.equal(name("batch, batch"), "Batch, Batch");
  assert.equal(name("preset collapse"), "The collapse");
  assert.equal(name("reset"), "futures.of.reset");
});
