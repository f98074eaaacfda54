/** Every word on the page comes from languages/*.json. A language is one flat file: key to text with {placeholders}. */

import { besideModules } from "./protocol/address.js";

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Translate */

export const languages = /** @type {const} */ ({ en: "English", zh: "中文" });

/** @typedef {keyof typeof languages} Language */

/**
 * The language to start with: the address, then an earlier choice, then the browser's wish.
 * @param {string} search `location.search`
 * @param {string | null} stored
 * @param {readonly string[]} wishes `navigator.languages`
 * @returns {Language}
 */
export function chooseLanguage(search, stored, wishes) {
  const candidates = [new URLSearchParams(search).get("lang"), stored, ...wishes];
  for (const candidate of candidates) {
    const short = candidate?.toLowerCase().split("-")[0] ?? "";
    if (short in languages) return /** @type {Language} */ (short);
  }
  return "en";
}

/**
 * @param {Record<string, string>} texts
 * @returns {Translate & { has: (key: string) => boolean }}
 */
export function createTranslator(texts) {
  /** @type {any} */
  const translate = (/** @type {string} */ key, /** @type {Record<string, string | number>} */ values = {}) =>
    (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
  translate.has = (/** @type {string} */ key) => key in texts;
  return translate;
}

/**
 * @param {Language} language
 * @returns {Promise<{ language: Language, texts: Record<string, string> }>} In another language if that one's file cannot
 *   be loaded, and without any text, so that keys are shown, if none can.
 */
export async function loadLanguage(language) {
  const others = /** @type {Language[]} */ (Object.keys(languages)).filter((other) => other !== language);
  for (const candidate of [language, ...others]) {
    const texts = await loadTexts(candidate);
    if (texts) return { language: candidate, texts };
  }
  return { language, texts: {} };
}

/** @param {Language} language @returns {Promise<Record<string, string> | null>} */
async function loadTexts(language) {
  try {
    const response = await fetch(besideModules(`languages/${language}.json`));
    if (!response.ok) throw new Error(String(response.status));
    return await response.json();
  } catch (error) {
    console.warn(`languages/${language}.json: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}

/**
 * Writes the texts of everything under `root` that names its key in `data-i18n`, `-label` (name and tooltip) or `-title`.
 * @param {ParentNode} root
 * @param {Translate} t
 */
export function translateDocument(root, t) {
  for (const node of root.querySelectorAll("[data-i18n]"))
    node.textContent = t(/** @type {HTMLElement} */ (node).dataset.i18n ?? "");
  for (const node of root.querySelectorAll("[data-i18n-label]")) {
    const text = t(/** @type {HTMLElement} */ (node).dataset.i18nLabel ?? "");
    node.setAttribute("aria-label", text);
    if (node.matches("button, select")) node.setAttribute("title", text);
  }
  for (const node of root.querySelectorAll("[data-i18n-title]"))
    node.setAttribute("title", t(/** @type {HTMLElement} */ (node).dataset.i18nTitle ?? ""));
}
