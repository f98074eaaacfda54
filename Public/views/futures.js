/** The futures of this experiment as a small tree: where each came from, how far it has come, and a way into it. */

import { element, svg } from "../dom.js";

/** @typedef {{ id: number, parent: number | null, forkStep: number, tip: number, label: string, values: Record<string, any> }} Branch */

/**
 * One line of the tree. Places are parts of its width.
 * @typedef {object} TreeRow
 * @property {Branch} branch
 * @property {number} from Where the branch leaves its parent.
 * @property {number} to How far it has come.
 * @property {number[]} through Where lines pass on their way down to later rows.
 */

/**
 * Branches in the order in which they are drawn, each below the one it left.
 * @param {readonly Branch[]} branches
 * @returns {TreeRow[]}
 */
export function treeRows(branches) {
  const known = new Set(branches.map(({ id }) => id));
  const furthest = Math.max(1, ...branches.map(({ tip }) => tip));
  /** @type {Branch[]} */
  const order = [];
  const visit = (/** @type {Branch} */ branch) => {
    order.push(branch);
    // The latest fork first, so that no line crosses another.
    branches
      .filter(({ parent }) => parent === branch.id)
      .sort((a, b) => b.forkStep - a.forkStep || a.id - b.id)
      .forEach(visit);
  };
  branches.filter(({ parent }) => parent === null || !known.has(parent)).forEach(visit);

  const row = new Map(order.map(({ id }, i) => [id, i]));
  return order.map((branch, i) => ({
    branch,
    from: branch.forkStep / furthest,
    to: branch.tip / furthest,
    through: order
      .filter(
        ({ id, parent }) => parent !== null && (row.get(parent) ?? i) < i && /** @type {number} */ (row.get(id)) > i,
      )
      .map(({ forkStep }) => forkStep / furthest),
  }));
}

/**
 * @param {TreeRow} row
 * @param {readonly TreeRow[]} rows
 */
function drawing({ branch, from, to, through }, rows) {
  const x = (/** @type {number} */ part) => 3 + 94 * part;
  const line = (
    /** @type {number} */ x1,
    /** @type {number} */ y1,
    /** @type {number} */ x2,
    /** @type {number} */ y2,
  ) => svg("line", { x1, y1, x2, y2, "vector-effect": "non-scaling-stroke" });
  const children = rows.filter((other) => other.branch.parent === branch.id);
  return svg(
    "svg",
    { viewBox: "0 0 100 20", preserveAspectRatio: "none", "aria-hidden": "true" },
    ...through.map((part) => line(x(part), 0, x(part), 20)),
    ...children.map((child) => line(x(child.from), 10, x(child.from), 20)),
    ...(rows.some((other) => other.branch.id === branch.parent) ? [line(x(from), 0, x(from), 10)] : []),
    line(x(from), 10, Math.max(x(to), x(from) + 2), 10),
  );
}

/**
 * The tree as a list whose rows can be entered and compared with, by mouse and by keyboard.
 * @param {object} context
 * @param {readonly Branch[]} context.branches
 * @param {number} context.active
 * @param {(branch: Branch) => string} context.name
 * @param {import("../i18n.js").Translate} context.t
 * @param {(n: number) => string} context.number
 * @param {(id: number) => void} context.enter
 * @param {(id: number) => void} context.compare
 */
export function createTree({ branches, active, name, t, number, enter, compare }) {
  const rows = treeRows(branches);
  return element(
    "ol",
    { class: "tree", id: "futures-tree" },
    ...rows.map((row) => {
      const { id, forkStep, tip } = row.branch;
      const here = id === active;
      const where = t("futures.where", { from: number(forkStep), to: number(tip) });
      return element(
        "li",
        { class: here ? "future here" : "future", id: `future-${id}`, "aria-current": here ? "true" : undefined },
        drawing(row, rows),
        element(
          "span",
          {},
          element("b", {}, name(row.branch)),
          element("span", { class: "hint" }, here ? `${where} · ${t("futures.here")}` : where),
        ),
        ...(here
          ? []
          : [
              element(
                "button",
                { type: "button", class: "button", id: `future-enter-${id}`, onclick: () => enter(id) },
                t("futures.enter"),
              ),
              element(
                "button",
                { type: "button", class: "button", id: `future-compare-${id}`, onclick: () => compare(id) },
                t("futures.compare"),
              ),
            ]),
      );
    }),
  );
}
