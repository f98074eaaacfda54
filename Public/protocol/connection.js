/** One WebSocket to the lab that comes back by itself: commands with answers, events, frames. */

import { besidePage } from "./address.js";
import { decodeFrame, FrameError } from "./frame.js";
import { findTrouble } from "./trouble.js";

/** The server refused a command. `path` names the setting, `message` says what to do. */
export class CommandError extends Error {
  /** @param {{ code: string, path?: string, message: string, details?: { reason: string, values: Record<string, string> } }} error */
  constructor({ code, path, message, details }) {
    super(message);
    this.code = code;
    this.path = path ?? "";
    /** What the message says, to be said in another language. */
    this.details = details;
  }
}

/**
 * @typedef {object} ConnectionHandlers
 * @property {() => void} opened A socket is there; nothing has been said on it yet.
 * @property {() => void} lost
 * @property {(trouble: import("./trouble.js").Trouble) => void} troubled Why it has not opened in several tries.
 * @property {(event: any) => void} event
 * @property {(frame: import("./frame.js").Frame) => void} frame
 */

const FIRST_RETRY = 250;
const LAST_RETRY = 3000;

/** Milliseconds until a socket that neither opens nor fails has failed: a firewall may answer nothing. */
const OPENING = 10_000;

/** Tries in a row that fail until it is found out why. */
const TRIES = 3;

export class Connection {
  /**
   * @param {string} path Of the WebSocket, relative to the page.
   * @param {ConnectionHandlers} handlers
   */
  constructor(path, handlers) {
    this.address = besidePage(path);
    this.handlers = handlers;
    /** @type {WebSocket | null} */
    this.socket = null;
    /** @type {Map<number, { resolve: (reply: any) => void, reject: (error: Error) => void }>} */
    this.waiting = new Map();
    this.lastId = 0;
    this.retry = FIRST_RETRY;
    /** Tries in a row that failed. */
    this.failures = 0;
  }

  connect() {
    const url = new URL(this.address);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url, "ganlab.1");
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    const opening = setTimeout(() => socket.close(), OPENING);
    socket.onopen = () => {
      clearTimeout(opening);
      this.failures = 0;
      this.retry = FIRST_RETRY;
      this.handlers.opened();
    };
    socket.onmessage = ({ data }) => (typeof data === "string" ? this.#text(data) : this.#frame(data));
    socket.onclose = () => {
      clearTimeout(opening);
      this.#lost();
    };
  }

  /**
   * Sends a command and waits for its answer.
   * @param {string} name
   * @param {Record<string, unknown>} [fields]
   * @returns {Promise<any>}
   * @throws {CommandError} if the server refuses, or is not there (code "offline").
   */
  request(name, fields = {}) {
    if (this.socket?.readyState !== WebSocket.OPEN)
      return Promise.reject(new CommandError({ code: "offline", message: "offline" }));
    const id = ++this.lastId;
    this.socket.send(JSON.stringify({ id, do: name, ...fields }));
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  /** @param {ArrayBuffer} data */
  #frame(data) {
    try {
      this.handlers.frame(decodeFrame(data));
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      console.warn(error.message); // The next one may be whole; a picture missed is no reason to stop.
    }
  }

  /** @param {string} data */
  #text(data) {
    const message = JSON.parse(data);
    if (!("re" in message)) return this.handlers.event(message);
    const waiting = this.waiting.get(message.re);
    this.waiting.delete(message.re);
    if (message.ok) waiting?.resolve(message);
    else waiting?.reject(new CommandError(message.error));
  }

  #lost() {
    this.socket = null;
    for (const { reject } of this.waiting.values()) reject(new CommandError({ code: "offline", message: "offline" }));
    this.waiting.clear();
    this.handlers.lost();
    this.failures += 1;
    if (this.failures >= TRIES) this.#explain();
    setTimeout(() => this.connect(), this.retry);
    this.retry = Math.min(2 * this.retry, LAST_RETRY);
  }

  async #explain() {
    const trouble = await findTrouble(this.address);
    if (this.failures > 0) this.handlers.troubled(trouble); // It may have opened meanwhile.
  }
}
