/**
 * The sections of a frame that show the networks from within, laid out in the server's `InsideSection`. An amount is a
 * signed byte of a scale that is given beside it.
 */

/** @typedef {{ scale: number, values: Int8Array }} Amounts values / 127 · scale */
/** @typedef {{ width: number, maps: Amounts[] }} UnitLayer Its first units have maps. */
/** @typedef {{ columns: number, rows: number, layers: UnitLayer[] }} Units Hidden layers, then the output. */
/** @typedef {Amounts & { outputs: number, inputs: number }} Weights Row by row, one output a row. */
/** @typedef {{ width: number, explained: number, centre: [number, number], half: number, points: Float32Array }} Stage Points in [−1, 1]² of its own square. */
/** @typedef {{ columns: number, rows: number, stages: Stage[] }} Stages Points along each side, not cells. */

/**
 * @typedef {object} InsideSections
 * @property {Units} [generatorUnits]
 * @property {Units} [discriminatorUnits]
 * @property {{ generator: Weights[], discriminator: Weights[] }} [weights]
 * @property {Stages} [stages]
 */

/** @typedef {import("../protocol/frame.js").Reader} Reader */

/** @type {Record<number, (reader: Reader, frame: InsideSections) => void>} */
export const insideSections = {
  16: (r, frame) => {
    frame.generatorUnits = units(r);
  },
  17: (r, frame) => {
    frame.discriminatorUnits = units(r);
  },
  18: (r, frame) => {
    frame.weights = { generator: weights(r), discriminator: weights(r) };
  },
  19: (r, frame) => {
    frame.stages = stages(r);
  },
};

/** @param {Reader} r @returns {Units} */
function units(r) {
  const [columns, rows, count] = [r.u16(), r.u16(), r.u16(), r.u16()];
  const layers = r.times(count, () => {
    const [width, maps] = [r.u16(), r.u16()];
    return { width, maps: r.times(maps, () => amounts(r, columns * rows)) };
  });
  return { columns, rows, layers };
}

/** @param {Reader} r @returns {Weights[]} */
function weights(r) {
  const [count] = [r.u16(), r.u16()];
  return r.times(count, () => {
    const [outputs, inputs] = [r.u16(), r.u16()];
    return { outputs, inputs, ...amounts(r, outputs * inputs) };
  });
}

/** @param {Reader} r @returns {Stages} */
function stages(r) {
  const [columns, rows, count] = [r.u16(), r.u16(), r.u16(), r.u16()];
  return {
    columns,
    rows,
    stages: r.times(count, () => {
      const [width] = [r.u16(), r.u16()];
      const [explained, x, y, half] = [r.f32(), r.f32(), r.f32(), r.f32()];
      return {
        width,
        explained,
        centre: /** @type {[number, number]} */ ([x, y]),
        half,
        points: r.points(columns * rows, 1 / 32767),
      };
    }),
  };
}

/** @param {Reader} r @param {number} count @returns {Amounts} */
function amounts(r, count) {
  const scale = r.f32();
  const bytes = r.bytes(count);
  return { scale, values: new Int8Array(bytes.buffer, bytes.byteOffset, count) };
}
