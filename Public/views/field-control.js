/**
 * A setting, editable in place: type, drag sideways, arrow keys; or a native list or check box. It shows what the server
 * says and sends what the person does; it decides nothing.
 */

import { element } from "../dom.js";
import { bare, chosen, options } from "../recipe/choices.js";
import { formatNumber, nudge, parseValue, sameValue } from "../recipe/schema.js";

/** @typedef {import("../recipe/schema.js").Field} Field */
/**
 * @typedef {object} Control
 * @property {HTMLElement} element
 * @property {(value: any) => void} update
 * @property {string} [help] If not the setting's own.
 * @property {HTMLElement} [formula] Of what is chosen, to stand near.
 */

/**
 * @typedef {object} ControlContext
 * @property {import("../recipe/words.js").Words} words
 * @property {import("../i18n.js").Translate} t
 * @property {(path: string, value: any, gesture?: string) => Promise<any>} commit Resolves to null if it was refused; what
 *   one gesture changed is undone together.
 * @property {(path: string) => any} current
 * @property {boolean} [short] Whether room is short.
 */

/**
 * @param {Field} field
 * @param {ControlContext} context
 */
const labelOf = (field, { words, short }) => (short ? words.short(field) : words.label(field));

/** @param {string} path */
export const fieldId = (path) => `field-${path.replaceAll(".", "-")}`;

/**
 * @param {Field} field
 * @param {ControlContext} context
 * @param {string} [prefix] Makes ids unique where a setting stands twice on the page.
 * @returns {Control[]} One control, or two for the widths of a network (layers and neurons).
 */
export function fieldControls(field, context, prefix = "") {
  const id = prefix + fieldId(field.path);
  switch (field.kind) {
    case "flag":
      return [flagControl(field, context, id)];
    case "choice":
      return [choiceControl(field, context, id)];
    case "widths":
      return widthsControls(field, context, id);
    case "target":
      return [];
    default:
      return [numberControl(field, context, id)];
  }
}

/**
 * @param {string} id
 * @param {string} label
 * @param {string} help
 * @param {HTMLElement} input
 */
function row(id, label, help, input) {
  input.id = id;
  return element(
    "label",
    { class: "field", title: help, htmlFor: id },
    element("span", { class: "field-label" }, label),
    input,
  );
}

/**
 * @param {Field} field
 * @param {ControlContext} context
 * @param {string} id
 * @returns {Control}
 */
function flagControl(field, context, id) {
  const { words, commit, current } = context;
  const input = element("input", {
    type: "checkbox",
    class: "field-flag",
    onchange: async () => {
      if (!(await commit(field.path, input.checked))) input.checked = current(field.path);
    },
  });
  return {
    element: row(id, labelOf(field, context), words.help(field), input),
    update: (value) => {
      input.checked = value;
    },
  };
}

/**
 * @param {Field} field
 * @param {ControlContext} context
 * @param {string} id
 * @returns {Control}
 */
function choiceControl(field, context, id) {
  const { words, commit, current } = context;
  const about = (/** @type {string} */ value) => field.choices?.find((choice) => choice.value === value);
  const all = options(field).map(({ key, value }) =>
    element("option", { value: key, title: about(value)?.help }, words.option(field, key, value)),
  );
  const alone = element("option");
  const formula = field.choices?.some((choice) => choice.formula) ? element("p", { class: "formula" }) : undefined;
  const update = (/** @type {string} */ value) => {
    const key = chosen(field, current);
    // A choice without what it usually brings along is shown, and not offered.
    alone.value = bare(value);
    alone.textContent = words.choice(field, value);
    if (key === alone.value) select.append(alone);
    else alone.remove();
    select.value = key;
    // Each network's loss on a line of its own.
    formula?.replaceChildren(...(about(value)?.formula ?? "").split(", ").map((line) => element("span", {}, line)));
  };
  const select = element(
    "select",
    {
      class: "field-value field-choice",
      onchange: async () => {
        if (!(await commit(field.path, select.value))) update(current(field.path));
      },
    },
    ...all,
  );
  return { element: row(id, labelOf(field, context), words.help(field), select), update, formula };
}

/**
 * @param {Field} field
 * @param {ControlContext} context
 * @param {string} id
 * @returns {Control}
 */
function numberControl(field, context, id) {
  const show = (/** @type {number} */ value) =>
    field.zero && value === 0 ? context.t("value.off") : formatNumber(value);
  const input = numberInput(field, show, context, {
    value: () => context.current(field.path),
    commit: (value, gesture) => context.commit(field.path, value, gesture),
  });
  const made = row(id, labelOf(field, context), context.words.help(field), input.element);
  const update = (/** @type {any} */ value) => {
    input.update(value);
    if (field.path.endsWith(".updates")) markIdle(made, value === 0, context);
  };
  return { element: made, update };
}

/**
 * Marks the setting by which a network does not learn at all.
 * @param {HTMLElement} row
 * @param {boolean} isIdle
 * @param {ControlContext} context
 */
function markIdle(row, isIdle, { t }) {
  row.classList.toggle("idle", isIdle);
  const mark = row.querySelector(".idle-mark");
  if (!isIdle) mark?.remove();
  else if (!mark) row.firstElementChild?.append(element("span", { class: "idle-mark" }, ` ${t("field.idle")}`));
}

/**
 * Hidden layers as two numbers: how many, and how wide (one number, or one a layer).
 * @param {Field} field
 * @param {ControlContext} context
 * @param {string} id
 * @returns {Control[]}
 */
function widthsControls(field, context, id) {
  const { t, words } = context;
  const widths = () => /** @type {number[]} */ (context.current(field.path) ?? []);
  const commit = (/** @type {any} */ value) => context.commit(field.path, value);
  /** What there was before there was none: a network that gets its layers back gets its neurons back. @type {number[]} */
  let before = field.default;
  const [fewest, most] = field.layers ?? [1, 1];
  const [narrowest, widest] = field.neurons ?? [1, 1];
  const bounded = (/** @type {number} */ min, /** @type {number} */ max) =>
    /** @type {Field} */ ({ ...field, kind: "integer", min, max });

  const layers = numberInput(bounded(fewest, most), String, context, {
    value: () => widths().length,
    commit: (count) => commit(typeof count === "number" ? resized(widths(), count, before) : count),
  });
  const show = (/** @type {number[]} */ value) =>
    value.length === 0 ? "–" : new Set(value).size === 1 ? String(value[0]) : value.join(", ");
  const neurons = numberInput(
    bounded(narrowest, widest),
    (value) => (Array.isArray(value) ? show(value) : String(value)),
    context,
    {
      value: () => (new Set(widths()).size === 1 ? widths()[0] : widths()),
      commit: (value) => commit(Array.isArray(value) ? value : widths().map(() => value)),
      parse: (text) => {
        const numbers = /** @type {number[] | null} */ (parseValue(field, text));
        return numbers?.length === 1 ? numbers[0] : numbers;
      },
    },
  );
  return [
    {
      element: row(`${id}-layers`, t("field.layers"), t("field.layers.help"), layers.element),
      help: t("field.layers.help"),
      update: (value) => {
        before = value.length > 0 ? value : before;
        layers.update(value.length);
      },
    },
    { element: row(`${id}-neurons`, t("field.neurons"), words.help(field), neurons.element), update: neurons.update },
  ];
}

/**
 * The neurons of each layer when there are to be more or fewer layers.
 * @param {number[]} widths Now.
 * @param {number} count
 * @param {number[]} before The last that were not none.
 */
export function resized(widths, count, before) {
  const from = widths.length > 0 ? widths : before;
  return Array.from({ length: count }, (_, i) => from[i] ?? /** @type {number} */ (from.at(-1)));
}

/** Pixels of a sideways drag for one notch. */
const DRAG_NOTCH = 6;
/** Milliseconds between two values sent while dragging: fluid for the eye, sparse in the timeline. */
const DRAG_PACE = 80;

/**
 * @param {Field} field
 * @param {(value: any) => string} show
 * @param {ControlContext} context
 * @param {{ value: () => any, commit: (value: any, gesture?: string) => Promise<any>, parse?: (text: string) => any }} access
 * @returns {{ element: HTMLInputElement, update: (value: any) => void }}
 */
function numberInput(field, show, { t }, { value, commit, parse = (text) => parseValue(field, text) }) {
  const input = element("input", {
    type: "text",
    class: "field-value",
    inputMode: "decimal",
    autocomplete: "off",
    spellcheck: false,
    role: "spinbutton",
  });
  if (field.min !== undefined) input.setAttribute("aria-valuemin", plain(field.zero ? 0 : field.min));
  if (field.max !== undefined) input.setAttribute("aria-valuemax", plain(field.max));
  let editing = false;

  /** @type {any} */
  let shown;
  const update = (/** @type {any} */ now) => {
    if (editing || now === undefined) return;
    if (!sameValue(now, shown)) input.removeAttribute("aria-invalid");
    shown = now;
    input.value = show(now);
    input.size = Math.max(2, input.value.length);
    input.setAttribute("aria-valuetext", input.value);
    if (typeof now === "number") input.setAttribute("aria-valuenow", plain(now));
  };
  const send = async (/** @type {any} */ next, /** @type {string} */ gesture = "") => {
    const isRefused = !sameValue(next, value()) && !(await commit(next, gesture));
    if (isRefused) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    update(value());
  };
  const enter = () => {
    if (!editing) return;
    editing = false;
    const text = input.value.trim();
    send(text === t("value.off") ? 0 : (parse(text) ?? text)); // What is no number goes, too: the refusal says what is wanted.
  };
  const notch = (/** @type {number} */ notches) => {
    if (typeof value() === "number") send(nudge(field, value(), notches));
  };

  input.addEventListener("input", () => {
    editing = true;
    input.removeAttribute("aria-invalid");
  });
  input.addEventListener("change", enter);
  input.addEventListener("blur", enter);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") return enter();
    if (event.key === "Escape") {
      editing = false;
      return update(value());
    }
    const notches = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (!notches) return;
    event.preventDefault();
    editing = false;
    notch(event.shiftKey ? 10 * notches : notches);
  });
  dragSideways(input, field, value, (next, last, gesture) => {
    if (field.restarts && !last) input.value = show(next); // A restart at every pixel would help nobody.
    else send(next, gesture);
  });
  return { element: input, update };
}

/**
 * Without an exponent, which ARIA does not know.
 * @param {number} value
 */
const plain = (value) => (Number.isInteger(value) ? String(value) : value.toFixed(15).replace(/0+$/, ""));

/**
 * @param {HTMLInputElement} input
 * @param {Field} field
 * @param {() => any} value
 * @param {(value: number, last: boolean, gesture: string) => void} moved
 */
function dragSideways(input, field, value, moved) {
  input.addEventListener("pointerdown", (down) => {
    const start = value();
    if (typeof start !== "number" || down.button !== 0 || document.activeElement === input) return;
    let next = start;
    let dragging = false;
    let sent = 0;
    const gesture = `drag-${Math.round(down.timeStamp)}`;
    const move = (/** @type {PointerEvent} */ event) => {
      const notches = Math.trunc((event.clientX - down.clientX) / DRAG_NOTCH);
      if (!dragging && notches === 0) return;
      if (!dragging) input.setPointerCapture(down.pointerId);
      dragging = true;
      event.preventDefault();
      next = nudge(field, start, notches);
      if (event.timeStamp - sent < DRAG_PACE) return;
      sent = event.timeStamp;
      moved(next, false, gesture);
    };
    const end = () => {
      input.removeEventListener("pointermove", move);
      if (!dragging) return;
      input.blur();
      moved(next, true, gesture);
    };
    input.addEventListener("pointermove", move);
    input.addEventListener("pointerup", end, { once: true });
    input.addEventListener("pointercancel", end, { once: true });
  });
}
