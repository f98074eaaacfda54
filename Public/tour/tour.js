/** The guided first minute: a card that points at one part of the lab after another. The lab stays usable beside it. */

import { element } from "../dom.js";
import { local } from "../storage.js";
import { placeBeside } from "./place.js";
import { steps } from "./steps.js";

/** @param {{ store: any }} context */
export function createTour({ store }) {
  const title = element("h2", { id: "tour-title" });
  const text = element("p", { id: "tour-text" });
  const progress = element("span", { class: "hint" });
  const button = (/** @type {string} */ id, /** @type {() => void} */ onclick, name = "button") =>
    element("button", { type: "button", class: name, id, onclick });
  const skip = button("tour-skip", () => end());
  const back = button("tour-back", () => go(at - 1));
  const next = button("tour-next", () => (at + 1 < shown.length ? go(at + 1) : end()), "button primary");
  const card = element(
    "section",
    { class: "tour menu", id: "tour", "aria-labelledby": "tour-title" },
    element("div", { "aria-live": "polite" }, title, text),
    element("footer", {}, progress, skip, back, next),
  );
  card.setAttribute("role", "dialog");
  card.popover = "manual";
  const ring = element("div", { class: "tour-ring", hidden: true });
  document.body.append(ring, card);

  /** Those whose part is on the page now. */
  let shown = steps;
  let at = 0;
  let opener = /** @type {Element | null} */ (null);

  const part = () => /** @type {HTMLElement | null} */ (document.querySelector(shown[at].at));

  const place = () => {
    const target = part()?.getBoundingClientRect();
    if (!target) return;
    const { left, top } = placeBeside(
      target,
      { width: card.offsetWidth, height: card.offsetHeight },
      { width: innerWidth, height: innerHeight },
    );
    Object.assign(card.style, { left: `${left}px`, top: `${top}px` });
    Object.assign(ring.style, {
      left: `${target.left}px`,
      top: `${target.top}px`,
      width: `${target.width}px`,
      height: `${target.height}px`,
    });
  };

  const write = () => {
    const { t } = store.state;
    const { name } = shown[at];
    title.textContent = t(`tour.${name}`);
    text.textContent = t(`tour.${name}.text`);
    progress.textContent = t("tour.progress", { n: at + 1, of: shown.length });
    skip.textContent = t("tour.skip");
    back.textContent = t("tour.back");
    next.textContent = t(at + 1 < shown.length ? "tour.next" : "tour.done");
    back.hidden = at === 0;
    skip.hidden = at + 1 === shown.length;
    place();
  };

  const go = (/** @type {number} */ step) => {
    at = step;
    part()?.scrollIntoView({ block: "nearest" });
    write();
    next.focus({ preventScroll: true });
  };

  const end = () => {
    card.hidePopover();
    ring.hidden = true;
    removeEventListener("scroll", place, true);
    removeEventListener("resize", place);
    if (opener instanceof HTMLElement) opener.focus({ preventScroll: true });
  };

  const start = () => {
    if (card.matches(":popover-open")) return;
    local.setItem("tour", "seen");
    opener = document.activeElement;
    shown = steps.filter((step) => document.querySelector(step.at)?.checkVisibility());
    card.showPopover();
    ring.hidden = false;
    addEventListener("scroll", place, true);
    addEventListener("resize", place);
    go(0);
  };

  card.addEventListener("keydown", (event) => {
    if (event.key === "Escape") end();
  });
  store.watch(["t"], () => {
    if (card.matches(":popover-open")) write();
  });
  return {
    start,
    /** Once in a browser. */
    offer: () => {
      if (local.getItem("tour") !== "seen") start();
    },
  };
}
