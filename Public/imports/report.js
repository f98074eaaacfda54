/** What was made of a file, in sentences. */

/**
 * @typedef {object} Report As the server tells it.
 * @property {{ name: string, isNumeric: boolean, isCounter: boolean }[]} columns
 * @property {number} x A column, counted from 0.
 * @property {number} y
 * @property {"equal" | "perAxis"} scaling
 * @property {string} encoding
 * @property {number} points Rows that hold a point.
 * @property {number} kept Of those, how many were taken.
 * @property {number} leftOut Rows without one of the two numbers.
 */

/**
 * @param {Report | null} report Null for an image.
 * @param {number} count Points of the target.
 * @param {import("../i18n.js").Translate} t
 * @returns {string[]}
 */
export function reportLines(report, count, t) {
  const written = (/** @type {number} */ n) => n.toLocaleString("en");
  const plural = (/** @type {string} */ key, /** @type {number} */ n) =>
    t(n === 1 ? `${key}.one` : key, { n: written(n) });
  if (!report) return [t("import.fromImage", { n: written(count) })];
  const { columns, x, y, points, kept, leftOut } = report;
  const name = (/** @type {number} */ index) => columns[index].name || t("import.column", { n: index + 1 });
  const lines = [t("import.taken", { x: name(x), y: name(y) }), plural("import.points", kept)];
  if (kept < points) lines.push(t("import.thinned", { n: written(points), kept: written(kept) }));
  if (leftOut > 0) lines.push(plural("import.leftOut", leftOut));
  columns.forEach(({ isCounter }, index) => {
    if (isCounter && index !== x && index !== y) lines.push(t("import.counter", { name: name(index) }));
  });
  return lines;
}
