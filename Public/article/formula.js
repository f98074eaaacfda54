/**
 * Formulas, written the way one types them and shown as MathML: `L_D = −mean log D(x) − mean log(1 − D(G(z)))`.
 *
 *     a, "word"  a symbol; a word of the language. log, mean and max are functions and stand upright
 *     a_b, a^b   subscript, superscript
 *     {a}        a group; {a}/{b} a fraction
 *     f(a)       an application, which is one thing: D(G(z)) is a prediction, inside it G(z) is a fake sample
 *     @part{a}   a group that stands for a part of the model that its symbols do not tell
 *
 * Every symbol that stands for a part of the model says so, so that a reader can point at it.
 */

/** @typedef {{ tag: string, text?: string, part?: string, attributes?: Record<string, string>, children?: Formula[] }} Formula */

/** Symbols and the part of the model they stand for. @type {Record<string, string>} */
const parts = {
  z: "noise",
  x: "real",
  D: "discriminator",
  G: "generator",
  "G(z)": "fake",
  "D(x)": "scores-real",
  "D(G(z))": "scores-fake",
  L_D: "loss-discriminator",
  L_G: "loss-generator",
};

const UPRIGHT = new Set(["log", "mean", "max", "min"]);
const TOKEN = /\s+|"[^"]*"|@[a-z-]+|\p{L}+|\d+(?:\.\d+)?|./gu;

/** What a formula could not be read for. */
export class FormulaError extends Error {}

/**
 * @param {string} source
 * @returns {Formula} An `mrow`.
 * @throws {FormulaError}
 */
export function parseFormula(source) {
  const tokens = (source.match(TOKEN) ?? []).filter((token) => token.trim() !== "");
  let at = 0;

  const expect = (/** @type {string} */ token) => {
    if (tokens[at] !== token) throw new FormulaError(`“${token}” expected after “${tokens.slice(0, at).join(" ")}”`);
    at++;
  };

  /** @param {string | undefined} end */
  const row = (end) => {
    /** @type {Formula[]} */
    const items = [];
    while (at < tokens.length && tokens[at] !== end) items.push(item());
    if (end !== undefined) expect(end);
    return items;
  };

  const group = () => {
    expect("{");
    return mrow(row("}"));
  };

  /** A term with what follows it: its indices, its arguments, its denominator. */
  const item = () => {
    let made = term();
    while (true) {
      if (tokens[at] === "_" || tokens[at] === "^") {
        const tag = tokens[at++] === "_" ? "msub" : "msup";
        made = named({ tag, children: [made, term()] });
      } else if (tokens[at] === "(" && isFunction(made)) {
        made = named(mrow([made, ...parentheses()]));
      } else if (tokens[at] === "/" && made.tag === "mrow") {
        at++;
        made = { tag: "mfrac", children: [made, group()] };
      } else {
        return made;
      }
    }
  };

  /** @returns {Formula} */
  const term = () => {
    const token = tokens[at];
    if (token === undefined) throw new FormulaError(`“${source}” ends too soon`);
    if (token === "{") return group();
    if (token === "(") return mrow(parentheses());
    at++;
    if (token.startsWith("@")) return { ...group(), part: token.slice(1) };
    if (token.startsWith('"')) return { tag: "mtext", text: token.slice(1, -1) };
    if (/^[\d½]/.test(token)) return { tag: "mn", text: token };
    if (UPRIGHT.has(token))
      return { tag: "mo", text: token, attributes: { lspace: "0", rspace: tokens[at] === "(" ? "0" : "0.17em" } };
    if (/^\p{L}/u.test(token)) return named({ tag: "mi", text: token });
    const isSign = token === "−" && (at === 1 || "=({,".includes(tokens[at - 2]));
    return { tag: "mo", text: token, ...(isSign ? { attributes: { form: "prefix" } } : {}) };
  };

  const parentheses = () => {
    expect("(");
    return [{ tag: "mo", text: "(" }, ...row(")"), { tag: "mo", text: ")" }];
  };

  return mrow(row(undefined));
}

/**
 * The formula as plain text, without spaces.
 * @param {Formula} formula
 * @returns {string}
 */
export function formulaText({ tag, text, children = [] }) {
  const inner = children.map(formulaText);
  if (tag === "msub") return inner.join("_");
  if (tag === "msup") return inner.join("^");
  if (tag === "mfrac") return inner.join("/");
  return text ?? inner.join("");
}

/** @param {Formula[]} children @returns {Formula} */
const mrow = (children) => ({ tag: "mrow", children });

/** @param {Formula} made @returns {Formula} */
const named = (made) => {
  const part = parts[formulaText(made)];
  return part ? { ...made, part } : made;
};

/** @param {Formula} made */
const isFunction = (made) => /^[A-Zpqσ](\^\*)?$/u.test(formulaText(made));
