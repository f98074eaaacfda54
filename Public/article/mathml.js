/** Turns the formulas of a text into MathML that the browser sets by itself. */

import { parseFormula } from "./formula.js";

const MATHML = "http://www.w3.org/1998/Math/MathML";

/**
 * Replaces every `<code class="formula">` under `root`. One with the class `display` stands on a line of its own.
 * @param {ParentNode} root
 */
export function setFormulas(root) {
  for (const source of root.querySelectorAll("code.formula")) {
    const math = document.createElementNS(MATHML, "math");
    if (source.classList.contains("display")) math.setAttribute("display", "block");
    math.append(...(parseFormula(source.textContent ?? "").children ?? []).map(build));
    source.replaceWith(math);
  }
}

/** @param {import("./formula.js").Formula} formula @returns {Element} */
function build({ tag, text, part, attributes = {}, children = [] }) {
  const node = document.createElementNS(MATHML, tag);
  if (text !== undefined) node.textContent = text;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (part) node.setAttribute("data-part", part);
  // A parenthesis is as tall as its line, not as whatever it happens to enclose.
  if (tag === "mo" && (text === "(" || text === ")")) node.setAttribute("stretchy", "false");
  node.append(...children.map(build));
  return node;
}
