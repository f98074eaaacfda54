/**
 * The experiment in the address: `#1=` and the base64url of the deflated JSON of recipe and step. The number is the
 * version of this encoding; a published link is read for ever.
 */

/** @typedef {{ recipe: any, step: number }} Linked */

const PREFIX = "#1=";

/**
 * @param {Linked} linked
 * @returns {Promise<string>} A hash, with its "#".
 */
export async function encodeLink({ recipe, step }) {
  const bytes = new TextEncoder().encode(JSON.stringify({ recipe, step }));
  return PREFIX + toBase64(await through(bytes, new CompressionStream("deflate-raw")));
}

/**
 * @param {string} hash
 * @returns {Promise<Linked | null>} null if the hash is no link (empty, or an anchor of the article).
 * @throws {Error} if it is one but was cut short or tampered with, or is of a later version.
 */
export async function decodeLink(hash) {
  if (!/^#\d+=/.test(hash)) return null;
  if (!hash.startsWith(PREFIX)) throw new Error("version");
  const bytes = await through(fromBase64(hash.slice(PREFIX.length)), new DecompressionStream("deflate-raw"));
  const linked = JSON.parse(new TextDecoder().decode(bytes));
  if (typeof linked?.recipe !== "object" || !Number.isInteger(linked.step)) throw new Error("malformed");
  return linked;
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CompressionStream | DecompressionStream} transform
 */
async function through(bytes, transform) {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(transform)).arrayBuffer());
}

/** @param {Uint8Array} bytes */
function toBase64(bytes) {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** @param {string} text */
function fromBase64(text) {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
}
