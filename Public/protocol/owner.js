/** The secret by which the lab knows that a session or a saved experiment is this browser's own. */

import { local } from "../storage.js";

/** Sent to the lab only: in the message that opens a session and in the field X-Owner, never in an address. */
let token = "";

/** 32 random bytes as base64url, made once and kept; all tabs of this browser share them. */
export function ownerToken() {
  token ||= local.getItem("owner") ?? "";
  if (token) return token;
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  token = btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
  local.setItem("owner", token);
  return token;
}
