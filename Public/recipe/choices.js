/** What choosing from a list changes: the setting itself, and the settings that come and go with a choice. */

import { sameValue } from "./schema.js";

/** @typedef {import("./schema.js").Field} Field */
/** @typedef {{ key: string, value: string, companions: Record<string, any> }} Option A key, its value, and what it brings along. */
/** @typedef {(path: string) => any} Current */

/** Variants known by a name of their own: the same choice with other companions. @type {Record<string, Option[]>} */
const variants = {
  "loss.kind": [
    {
      key: "wasserstein-clipped",
      value: "wasserstein",
      companions: { "penalty.weightClip": 0.1, "discriminator.updates": 5 },
    },
  ],
};

/**
 * Everything in the list of a setting, a variant after the choice that it varies.
 * @param {Field} field
 * @returns {Option[]}
 */
export function options({ path, choices = [] }) {
  return choices.flatMap(({ value, companions = {} }) => [
    { key: value, value, companions },
    ...(variants[path] ?? []).filter((variant) => variant.value === value),
  ]);
}

/** Whether what makes this option is on: its limit on the discriminator, say, however large. @param {Option} option @param {Current} current */
const isOn = ({ companions }, current) =>
  Object.keys(companions)
    .filter((path) => path.startsWith("penalty."))
    .every((path) => current(path) > 0);

/**
 * The option that the settings stand for; the bare value where none of its options is on.
 * @param {Field} field
 * @param {Current} current
 * @returns {string}
 */
export function chosen(field, current) {
  const value = current(field.path);
  const own = options(field).filter((option) => option.value === value);
  return own.find((option) => isOn(option, current))?.key ?? bare(value);
}

/** The key of a choice without its companions. @param {string} value */
export const bare = (value) => `${value}-alone`;

/**
 * What choosing this option changes. What the option before had brought along goes back to its default, unless it was
 * given another value since.
 * @param {Field} field
 * @param {string} key
 * @param {Current} current
 * @param {Record<string, any>} defaults
 * @returns {Record<string, any>} By path, the setting itself first.
 */
export function choiceChanges(field, key, current, defaults) {
  const all = options(field);
  const next = all.find((option) => option.key === key) ?? { value: key, companions: {} };
  const before = all.find((option) => option.key === chosen(field, current));
  const leaving = Object.entries(before?.companions ?? {}).filter(([path, value]) => sameValue(current(path), value));
  return {
    [field.path]: next.value,
    ...Object.fromEntries(leaving.map(([path]) => [path, defaults[path]])),
    ...next.companions,
  };
}
