import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { linesOf } from "../../Public/inside/connections.js";
import { layoutUnits } from "../../Public/inside/layout.js";
import { decodeFrame } from "../../Public/protocol/frame.js";

/** A frame with one section, written by hand. */
function frame(kind, ...numbers) {
  const payload = numbers.flatMap(([setter, value]) => {
    const view = new DataView(new ArrayBuffer(Number(setter.match(/\d+/)[0]) / 8));
    view[setter](0, value, true);
    return [...new Uint8Array(view.buffer)];
  });
  const bytes = new Uint8Array(36 + 8 + payload.length + (-payload.length & 3));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x314c4e47, true);
  view.setUint16(4, 1, true);
  view.setUint16(6, 1, true);
  view.setUint16(36, kind, true);
  view.setUint32(40, payload.length, true);
  bytes.set(payload, 44);
  return bytes.buffer;
}
const [u16, f32, i16, i8] = ["setUint16", "setFloat32", "setInt16", "setInt8"].map((setter) => (value) => [
  setter,
  value,
]);

test("unit maps: a scale and signed bytes a unit, layers wider than what is shown", () => {
  const map = [f32(2), ...[127, -127, 0, 64].map(i8)];
  const { generatorUnits, discriminatorUnits } = decodeFrame(
    frame(16, u16(2), u16(2), u16(2), u16(0), u16(40), u16(1), ...map, u16(1), u16(1), ...map),
  );
  assert.deepEqual([generatorUnits.columns, generatorUnits.rows], [2, 2]);
  assert.deepEqual(
    generatorUnits.layers.map(({ width, maps }) => [width, maps.length]),
    [
      [40, 1],
      [1, 1],
    ],
  );
  assert.equal(generatorUnits.layers[1].maps[0].scale, 2);
  assert.deepEqual([...generatorUnits.layers[1].maps[0].values], [127, -127, 0, 64]);
  assert.equal(discriminatorUnits, undefined);
});

test("weights: first the generator's layers, then the discriminator's", () => {
  const layer = (outputs, inputs, ...values) => [u16(outputs), u16(inputs), f32(0.5), ...values.map(i8)];
  const { weights } = decodeFrame(
    frame(18, u16(1), u16(0), ...layer(2, 1, 127, -64), u16(1), u16(0), ...layer(1, 2, 3, 4)),
  );
  assert.deepEqual(
    [weights.generator[0].outputs, weights.generator[0].inputs, weights.generator[0].scale],
    [2, 1, 0.5],
  );
  assert.deepEqual([...weights.generator[0].values], [127, -64]);
  assert.deepEqual([...weights.discriminator[0].values], [3, 4]);
});

test("stages: each in its own square", () => {
  const { stages } = decodeFrame(
    frame(
      19,
      u16(2),
      u16(1),
      u16(1),
      u16(0),
      u16(8),
      u16(0),
      f32(0.75),
      f32(1),
      f32(2),
      f32(3),
      ...[32767, 0, -32767, 16384].map(i16),
    ),
  );
  const [stage] = stages.stages;
  assert.deepEqual([stage.width, stage.explained, ...stage.centre, stage.half], [8, 0.75, 1, 2, 3]);
  assert.deepEqual(
    [...stage.points].map((value) => Number(value.toFixed(3))),
    [1, 0, -1, 0.5],
  );
});

test("of many connections the strongest are drawn, of one unit all", () => {
  const [outputs, inputs] = [40, 40];
  const values = Int8Array.from({ length: outputs * inputs }, (_, i) => (i % 127) - 63);
  const all = linesOf({ outputs, inputs, scale: 1, values });
  assert.ok(all.length < outputs * inputs);
  assert.equal(Math.abs(all[0].strength), 63 / 127);
  assert.equal(
    linesOf({ outputs, inputs, scale: 1, values }, { to: 3 }).filter(({ to }) => to === 3).length,
    values.slice(120, 160).filter(Boolean).length,
  );
  assert.deepEqual(linesOf({ outputs: 1, inputs: 2, scale: 1, values: Int8Array.of(0, -127) }), [
    { from: 1, to: 0, strength: -1 },
  ]);
});

for (const [counts, width, height] of [
  [[2, 32, 32, 2], 620, 212],
  [[2, 64, 64, 64, 64, 64, 64, 1], 620, 212],
  [[64, 64, 2], 328, 240],
  [[1, 1], 300, 100],
  [[2, 5, 3], 620, 212],
]) {
  test(`the units of ${counts.join("-")} lie inside ${width} × ${height}, none upon another`, () => {
    const { size, layers } = layoutUnits(counts, width, height);
    assert.deepEqual(
      layers.map((cells) => cells.length),
      counts,
    );
    const cells = layers.flat();
    for (const { x, y } of cells)
      assert.ok(x >= 0 && y >= 0 && x + size <= width && y + size <= height, `${x} ${y} ${size}`);
    for (const a of cells)
      for (const b of cells) if (a !== b) assert.ok(Math.abs(a.x - b.x) >= size || Math.abs(a.y - b.y) >= size);
  });
}

test("layers of 32 fill their columns", () => {
  const { layers } = layoutUnits([2, 32, 32, 2], 620, 212);
  const columns = Map.groupBy
    ? Map.groupBy(layers[1], ({ x }) => x)
    : layers[1].reduce((map, cell) => map.set(cell.x, [...(map.get(cell.x) ?? []), cell]), new Map());
  assert.equal(new Set([...columns.values()].map((column) => column.length)).size, 1);
});

test("what Swift writes is read as it was meant", () => {
  const golden = readFileSync(new URL("../Golden/inside-v1.bin", import.meta.url));
  const { generatorUnits, discriminatorUnits, weights, stages } = decodeFrame(
    golden.buffer.slice(golden.byteOffset, golden.byteOffset + golden.length),
  );
  const map = ({ scale, values }) => [...values].map((value) => Number(((value / 127) * scale).toFixed(1)));
  // G(z) = (2 relu(z − ½) + 1, −relu(z − ½)) over z = 0, ½, 1; of each layer the first unit.
  assert.deepEqual([generatorUnits.columns, generatorUnits.rows], [3, 1]);
  assert.deepEqual(
    generatorUnits.layers.map((layer) => layer.width),
    [1, 2],
  );
  assert.deepEqual(map(generatorUnits.layers[0].maps[0]), [0, 0, 0.5]);
  assert.deepEqual(map(generatorUnits.layers[1].maps[0]), [1, 1, 2]);
  // D's first hidden unit is relu(x), over cells whose middles are x = −1, 1.
  assert.deepEqual(map(discriminatorUnits.layers[0].maps[0]), [0, 1, 0, 1]);
  assert.deepEqual(
    discriminatorUnits.layers.map((layer) => [layer.width, layer.maps.length]),
    [
      [2, 1],
      [1, 1],
    ],
  );
  assert.deepEqual(weights.generator.map(map), [[1], [2, -1]]);
  assert.deepEqual(weights.discriminator.map(map), [[1], [1]]);
  assert.deepEqual(
    stages.stages.map(({ width, explained }) => [width, explained]),
    [
      [1, 1],
      [1, 1],
      [2, 1],
    ],
  );
  assert.deepEqual([...stages.stages[0].points], [-1, 0, 0, 0, 1, 0]);
  assert.deepEqual([stages.stages[2].centre, stages.stages[2].half], [[1.5, -0.25], 0.5]);
});
