/** Every metric as a number with its noise floor: for those who want more than the charts. */

import { byId, element, setText } from "../dom.js";
import { formatNumber } from "../recipe/schema.js";

/** @param {{ store: any }} context */
export function createNumbers({ store }) {
  const panel = byId("numbers");
  /** @type {Map<number, { value: HTMLElement, floor: HTMLElement }>} */
  const cells = new Map();

  const write = () => {
    for (const { id, value, floor } of store.state.reading.frame.metrics ?? []) {
      const cell = cells.get(id);
      if (!cell) continue;
      setText(cell.value, formatNumber(value));
      setText(cell.floor, Number.isFinite(floor) ? formatNumber(floor) : "");
    }
  };

  store.watch(["words"], (/** @type {any} */ { words, schema, t }) => {
    if (!words || !schema?.metrics) return;
    cells.clear();
    const head = element(
      "tr",
      {},
      ...["numbers.metric", "numbers.value", "numbers.floor"].map((key) => element("th", { scope: "col" }, t(key))),
    );
    const rows = schema.metrics.map((/** @type {any} */ info) => {
      const value = element("td", { id: `number-${info.name}` }, "–");
      const floor = element("td");
      cells.set(info.id, { value, floor });
      return element(
        "tr",
        {},
        element("th", { scope: "row" }, words.metric(info), element("span", { class: "hint" }, words.metricHelp(info))),
        value,
        floor,
      );
    });
    panel.replaceChildren(element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows)));
  });
  panel.addEventListener("toggle", write);
  store.watch(["reading"], () => {
    if (panel.matches(":popover-open")) write();
  });
}
