import assert from "node:assert/strict";
import test from "node:test";
import { decodeFrame, FrameError } from "../../Public/protocol/frame.js";

/** Builds a frame by hand, independent of the decoder. */
function frame(sections, { step = 12n, revision = 3, version = 1, magic = 0x314c4e47 } = {}) {
  const bytes = [];
  const write = (size, setter, value) => {
    const view = new DataView(new ArrayBuffer(size));
    view[setter](0, value, true);
    bytes.push(...new Uint8Array(view.buffer));
  };
  write(4, "setUint32", magic);
  write(2, "setUint16", version);
  write(2, "setUint16", sections.length);
  write(8, "setBigUint64", step);
  write(4, "setUint32", revision);
  for (const number of [148_200, 0.5, -0.25, 1.6]) write(4, "setFloat32", number);
  for (const [kind, payload, encoding = 0] of sections) {
    write(2, "setUint16", kind);
    write(2, "setUint16", encoding);
    write(4, "setUint32", payload.length);
    bytes.push(...payload, ...Array.from({ length: -payload.length & 3 }, () => 0));
  }
  return Uint8Array.from(bytes).buffer;
}

/** The bytes of numbers, each with its DataView setter. */
function payload(...numbers) {
  return numbers.flatMap(([setter, value]) => {
    const view = new DataView(new ArrayBuffer(Number(setter.match(/\d+/)[0]) / 8));
    view[setter](0, value, true);
    return [...new Uint8Array(view.buffer)];
  });
}

const u32 = (value) => ["setUint32", value];
const u16 = (value) => ["setUint16", value];
const i16 = (value) => ["setInt16", value];
const f32 = (value) => ["setFloat32", value];
const u8 = (value) => ["setUint8", value];

test("the header says step, revision, rate and view", () => {
  const decoded = decodeFrame(frame([]));
  assert.equal(decoded.step, 12);
  assert.equal(decoded.revision, 3);
  assert.equal(decoded.rate, 148_200);
  assert.equal(decoded.view.cx, 0.5);
  assert.equal(decoded.view.cy, -0.25);
  assert.ok(Math.abs(decoded.view.half - 1.6) < 1e-6);
});

test("positions are in view units: the largest int16 is four half-views away", () => {
  const { fake } = decodeFrame(frame([[2, payload(u32(2), i16(32767), i16(-32767), i16(0), i16(8192))]]));
  assert.deepEqual(
    [...fake].map((v) => Number(v.toFixed(3))),
    [4, -4, 0, 1],
  );
});

test("gradients are in data units", () => {
  const { gradients } = decodeFrame(frame([[3, payload(u32(1), f32(0.5), i16(32767), i16(-32767))]]));
  assert.equal(gradients.scale, 0.5);
  assert.deepEqual(
    [...gradients.vectors].map((v) => Number(v.toFixed(4))),
    [0.5, -0.5],
  );
});

test("an odd payload is padded, and the next section is found", () => {
  const decoded = decodeFrame(
    frame([
      [6, payload(u32(1), u8(255), u32(2), u8(7), u8(9))],
      [4, payload(u16(1), u16(32768), u8(255))],
      [7, payload(...[1, 2, 3, 4, 5].map(f32))],
    ]),
  );
  assert.deepEqual([...decoded.scores.fake], [255]);
  assert.deepEqual([...decoded.scores.real], [7, 9]);
  assert.ok(Math.abs(decoded.heatmap.values[0] - 0.75) < 1e-5);
  assert.deepEqual(decoded.losses, { d: 1, g: 2, gradientNorm: 3, accuracyReal: 4, accuracyFake: 5 });
});

test("a manifold of one-dimensional noise is a curve: no rows", () => {
  const { manifold } = decodeFrame(frame([[5, payload(u16(2), u16(0), ...[0, 0, 1, 1, 2, 2].map(i16))]]));
  assert.equal(manifold.points.length, 6);
  assert.equal(manifold.rows, 0);
});

test("metrics keep their id and their floor, which may be missing", () => {
  const { metrics } = decodeFrame(
    frame([[8, payload(u32(2), u16(4), u16(0), f32(0.25), f32(0.125), u16(1), u16(0), f32(8), f32(NaN))]]),
  );
  assert.deepEqual(metrics[0], { id: 4, value: 0.25, floor: 0.125 });
  assert.ok(Number.isNaN(metrics[1].floor));
});

test("a history says whether it is whole", () => {
  const point = payload(u32(1), u32(50), ...[1, 2, 3, 4, 5, 6].map(f32));
  assert.equal(decodeFrame(frame([[10, point, 1]])).historyWhole, true);
  const decoded = decodeFrame(frame([[10, point]]));
  assert.equal(decoded.historyWhole, false);
  assert.deepEqual(decoded.history, [{ step: 50, dLoss: 1, gLoss: 2, kl: 3, js: 4, slicedWasserstein: 5, modes: 6 }]);
});

test("a kind of section it does not know is skipped", () => {
  const decoded = decodeFrame(
    frame([
      [999, [1, 2, 3]],
      [1, payload(u32(1), i16(0), i16(0))],
    ]),
  );
  assert.equal(decoded.real.length, 2);
});

test("what is no frame, of another version, or cut short is refused", () => {
  assert.throws(() => decodeFrame(new ArrayBuffer(8)), FrameError);
  assert.throws(() => decodeFrame(frame([], { magic: 1 })), FrameError);
  assert.throws(() => decodeFrame(frame([], { version: 2 })), FrameError);
  const whole = frame([
    [2, payload(u32(1), i16(1), i16(1))],
    [4, payload(u16(1), u16(32768), u8(255))],
  ]);
  for (let length = 0; length < whole.byteLength - 3; length++) {
    assert.throws(() => decodeFrame(whole.slice(0, length)), FrameError, `${length} bytes`);
  }
});

test("a section that claims more points than it has is refused", () => {
  assert.throws(() => decodeFrame(frame([[2, payload(u32(1000), i16(1), i16(1))]])), FrameError);
});
