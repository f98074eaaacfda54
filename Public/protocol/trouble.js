/** Why no WebSocket opens: a browser does not tell a page, but plain HTTP to the same address is under the same checks. */

/**
 * @typedef {object} Trouble
 * @property {"away" | "refused" | "busy" | "blocked" | "failing"} kind
 *   `away`: nobody answers. `refused`: the lab does not take this page, and says which option allows it. `busy`: it takes no
 *   more connections. `blocked`: it answers, so that something in between lets no WebSocket through. `failing`: whatever
 *   answers is not the lab, or is broken.
 * @property {string} said The answer's own words; empty if there are none.
 */

/** Milliseconds until an answer is no longer waited for. */
const PATIENCE = 10_000;

/**
 * @param {string | URL} address Of the WebSocket, in http: or https:.
 * @returns {Promise<Trouble>}
 */
export async function findTrouble(address) {
  try {
    // A GET within a site has no Origin, which a WebSocket has and the lab checks.
    const response = await fetch(address, { method: "POST", signal: AbortSignal.timeout(PATIENCE) });
    return { kind: kindOf(response.status), said: await wordsOf(response) };
  } catch {
    return { kind: "away", said: "" };
  }
}

/**
 * @param {number} status
 * @returns {Trouble["kind"]}
 */
function kindOf(status) {
  switch (status) {
    case 403:
    case 421:
      return "refused";
    case 429:
    case 503:
      return "busy";
    case 405: // The lab has nothing to be posted to there, and says so only to pages that it takes.
    case 426:
      return "blocked";
    case 502:
    case 504:
      return "away";
    default:
      return "failing";
  }
}

/** @param {Response} response */
async function wordsOf(response) {
  const isText = response.headers.get("Content-Type")?.startsWith("text/plain");
  const text = isText ? (await response.text()).trim() : "";
  return text || `${response.status} ${response.statusText}`.trim();
}
