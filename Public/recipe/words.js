/** Names of settings, choices and metrics: the language file's if it has one, the schema's otherwise. */

import { formatNumber, formatValue, sameValue } from "./schema.js";

/** @typedef {import("./schema.js").Field} Field */
/** @typedef {ReturnType<typeof createWords>} Words */

/** A bound, with every digit if it is whole. @param {number} bound */
const inFull = (bound) => (Number.isInteger(bound) ? bound.toLocaleString("en") : formatNumber(bound));

/**
 * @param {import("../i18n.js").Translate & { has: (key: string) => boolean }} t
 * @param {import("./schema.js").Schema} schema
 */
export function createWords(t, schema) {
  const fields = new Map(schema.fields.map((field) => [field.path, field]));
  const either = (/** @type {string} */ key, /** @type {string} */ fallback) => (t.has(key) ? t(key) : fallback);
  // Both networks' settings share one entry: "*.optimizer.kind".
  const shared = (/** @type {string} */ path) => path.replace(/^(generator|discriminator)\./, "*.");

  const choice = (/** @type {Field} */ field, /** @type {string} */ value) => {
    if (field.kind === "target") return target(value);
    const known = field.choices?.find((c) => c.value === value);
    return either(`choice.${shared(field.path)}.${value}`, known?.label ?? value);
  };
  const target = (/** @type {string} */ value) =>
    either(`target.${value}`, schema.targets.find((info) => info.value === value)?.label ?? value);

  const words = {
    field: (/** @type {string} */ path) => fields.get(path),
    defaults: Object.fromEntries(schema.fields.map((field) => [field.path, field.default])),
    /** The defaults of all settings that have another value; the target is no setting to be put right. @param {Record<string, any>} settings */
    fromDefaults: (settings) =>
      Object.fromEntries(
        schema.fields
          .filter(
            ({ path, kind, default: usual }) =>
              kind !== "target" && path in settings && !sameValue(settings[path], usual),
          )
          .map(({ path, default: usual }) => [path, usual]),
      ),
    label: (/** @type {Field} */ field) => either(`field.${shared(field.path)}`, field.label),
    /** Where room is short. */
    short: (/** @type {Field} */ field) => either(`short.${shared(field.path)}`, words.label(field)),
    help: (/** @type {Field} */ field) => either(`help.${shared(field.path)}`, field.help),
    choice,
    /** A choice as it stands in the list; it may have a name of its own there. @param {Field} field @param {string} key @param {string} value */
    option: (field, key, value) => either(`option.${field.path}.${key}`, choice(field, value)),
    target,
    targetHelp: (/** @type {import("./schema.js").TargetInfo} */ info) => either(`targetHelp.${info.value}`, info.help),
    preset: (/** @type {string} */ name) =>
      either(`preset.${name}`, schema.presets.find((preset) => preset.name === name)?.label ?? name),
    metric: (/** @type {{ name: string, label: string }} */ info) => either(`metric.${info.name}`, info.label),
    metricHelp: (/** @type {{ name: string, help: string }} */ info) => either(`metricHelp.${info.name}`, info.help),
    value: (/** @type {Field} */ field, /** @type {any} */ value) =>
      field.kind === "target" && typeof value !== "string"
        ? t(`target.${["drawing", "mixture", "points"].find((kind) => kind in value)}`)
        : formatValue(field, value, { choice, on: t("value.on"), off: t("value.off"), none: t("value.none") }),
    /** A setting with the network it belongs to: "Learning rate (D)". */
    fullLabel: (/** @type {Field} */ field) => {
      const owner = /^(generator|discriminator)\./.exec(field.path);
      return owner
        ? t("field.of", { name: words.label(field), network: owner[1] === "generator" ? "G" : "D" })
        : words.label(field);
    },
    /** What an edit of the timeline did, in a few words. */
    edit: (/** @type {any} */ edit) => {
      if (edit.only) return t(`edit.only.${edit.only}`);
      if (edit.draw) return t("edit.draw");
      const field = fields.get(edit.set);
      if (field?.kind === "target") return words.value(field, edit.to); // Its name says enough.
      return field ? t("edit.set", { name: words.fullLabel(field), value: words.value(field, edit.to) }) : edit.set;
    },
    /** Several settings, as one thing to do. */
    changes: (/** @type {Record<string, any>} */ values) =>
      Object.entries(values)
        .map(([path, to]) => words.edit({ set: path, to }))
        .join(t("list.separator")),
    /** What was changed at one moment, each in a few words; a choice comes before the settings that it brought along. @param {any[]} edits */
    edits: (edits) => {
      const companions = (/** @type {any} */ edit) =>
        fields.get(edit.set)?.choices?.find(({ value }) => value === edit.to)?.companions ?? {};
      const leads = (/** @type {any} */ edit) => edits.some((other) => other.set in companions(edit));
      return [...edits].sort((a, b) => Number(leads(b)) - Number(leads(a))).map(words.edit);
    },
    /** Whether any of these begins again from step 0. */
    restarts: (/** @type {Record<string, any>} */ values) =>
      Object.keys(values).some((path) => fields.get(path)?.restarts),
    /** The values that a setting takes, to follow "must be"; null if no few words say it. @param {Field} field */
    wanted: ({ kind, min, max, zero, layers, neurons }) => {
      if (kind === "widths" && layers && neurons)
        return t("wanted.widths", { fewest: layers[0], most: layers[1], narrowest: neurons[0], widest: neurons[1] });
      if ((kind !== "integer" && kind !== "number") || min === undefined || max === undefined) return null;
      const range = t(`wanted.${kind}`, { min: inFull(min), max: inFull(max) });
      return zero ? t("wanted.zero", { range }) : range;
    },
    /** The server's refusal, in the page's language where it knows the code, with the names that the page has for settings. */
    error: (
      /** @type {{ code: string, path: string, message: string, details?: { reason: string, values: Record<string, string> } }} */ error,
    ) => {
      const detailed = `error.${error.path}.${error.details?.reason}`;
      if (error.details && t.has(detailed)) return t(detailed, error.details.values);
      const field = fields.get(error.path);
      const wanted = field && ["outOfRange", "wrongType"].includes(error.code) ? words.wanted(field) : null;
      if (field && wanted) return t("error.wanted", { name: words.fullLabel(field), wanted });
      const message = error.message.replace(/^[\w.]+|\w+(\.\w+)+/g, (path) => {
        const named = fields.get(path);
        return named ? words.fullLabel(named) : path;
      });
      return either(`error.${error.code}.${error.path}`, either(`error.${error.code}`, message))
        .replace("{message}", message)
        .replace("{name}", field ? words.fullLabel(field) : error.path);
    },
  };
  return words;
}
