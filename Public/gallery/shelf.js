/** The gallery's requests. Who saved an experiment may change it: a token in this browser says so. */

import { api } from "../protocol/api.js";
import { ownerToken } from "../protocol/owner.js";

/** @typedef {{ id: string, title: string, note: string, nickname: string, tags: string[], step: number, created: number, link: string, own: boolean }} Saved */

/**
 * @param {string} path
 * @param {string} method
 * @param {object} [body]
 */
const request = (path, method, body) =>
  api(`api/gallery${path}`, {
    method,
    headers: { "X-Owner": ownerToken(), "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });

/**
 * @param {{ search: string, order: string, offset: number }} query
 * @returns {Promise<{ total: number, experiments: Saved[] }>}
 */
export const browse = (query) =>
  request(`?${new URLSearchParams({ search: query.search, order: query.order, offset: String(query.offset) })}`, "GET");

/** @param {{ session: string, title: string, note: string, nickname: string }} words */
export const save = (words) => request("", "POST", words);

/** @param {string} id @param {Partial<Saved>} words */
export const change = (id, words) => request(`/${id}`, "PATCH", words);

/** @param {string} id */
export const remove = (id) => request(`/${id}`, "DELETE");

/** @param {string} id */
export const restore = (id) => request(`/${id}/restore`, "POST");

/** How much of the shelf is used, in bytes, and how many days sessions and deleted experiments are kept. @returns {Promise<{ used: number, quota: number, keptDays: number, trashDays: number }>} */
export const room = () => api("api/store");

/** @param {string} id */
export const film = (id) => `api/gallery/${id}/film.gif`;

/** @param {string} id */
export const thumbnail = (id) => `api/gallery/${id}/thumbnail`;
