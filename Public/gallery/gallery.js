/** The gallery: experiments that people saved, to browse, search, open, rename and delete; and the form that saves one. */

import { byId, element, icon } from "../dom.js";
import { browse, change, film, remove, restore, room, save, thumbnail } from "./shelf.js";
import { local } from "../storage.js";

/** @typedef {import("./shelf.js").Saved} Saved */

/** Milliseconds without a key before a search begins. */
const PAUSE = 250;
/** Milliseconds over a thumbnail before it begins to move. */
const HOVER = 200;
const MEGABYTE = 2 ** 20;

/**
 * @param {object} context
 * @param {any} context.store
 * @param {(link: string) => Promise<any>} context.openLink
 * @param {(error: unknown) => void} context.refused
 * @param {() => void} context.saved
 * @returns {{ openForm: () => void }}
 */
export function createGallery({ store, openLink, refused, saved }) {
  const t = (/** @type {string} */ key, values = {}) => store.state.t(key, values);
  const title = element("h2", { id: "gallery-title" });
  const search = element("input", { type: "search", id: "gallery-search" });
  const order = element("select", { id: "gallery-order" });
  const list = element("div", { class: "gallery-list", id: "gallery-list" });
  const status = element("p", { class: "hint", role: "status" });
  const use = element("p", { class: "hint", id: "gallery-room" });
  const more = element("button", {
    type: "button",
    class: "button",
    id: "gallery-more",
    onclick: () => load(list.children.length),
  });
  const close = element(
    "button",
    { type: "button", class: "icon-button", id: "gallery-close", onclick: () => dialog.close() },
    icon("close"),
  );
  const dialog = element(
    "dialog",
    { class: "gallery", id: "gallery-dialog", "aria-labelledby": "gallery-title" },
    element("header", {}, title, close),
    element("div", { class: "gallery-tools" }, search, order),
    status,
    list,
    more,
    use,
  );
  document.body.append(dialog);

  /** Answers of an older question than the last are not shown. */
  let asked = 0;
  const load = async (offset = 0) => {
    const question = ++asked;
    try {
      const { total, experiments } = await browse({ search: search.value, order: order.value, offset });
      if (question !== asked) return;
      if (offset === 0) list.replaceChildren();
      list.append(...experiments.map(card));
      count(total);
      more.hidden = list.children.length >= total;
      tellRoom();
    } catch (error) {
      refused(error);
    }
  };

  let found = 0;
  const count = (/** @type {number} */ total) => {
    found = total;
    status.textContent =
      total === 0
        ? t(search.value ? "gallery.nothingFound" : "gallery.empty")
        : t(total === 1 ? "gallery.count.one" : "gallery.count", { n: store.state.number(total) });
  };

  const tellRoom = async () => {
    const { used, quota, keptDays, trashDays } = await room();
    const { number } = store.state;
    use.textContent = t("gallery.room", {
      used: number(Math.ceil(used / MEGABYTE)),
      quota: number(Math.floor(quota / MEGABYTE)),
      days: number(keptDays),
      trash: number(trashDays),
    });
  };

  const card = (/** @type {Saved} */ saved) => {
    const { id, note, nickname, step, created, link, own } = saved;
    const name = element("b", {}, saved.title);
    const tools = element(
      "div",
      { class: "saved-tools" },
      element(
        "button",
        { type: "button", class: "more-settings", onclick: () => rename(tools, name, id) },
        t("gallery.renameButton"),
      ),
      element(
        "button",
        { type: "button", class: "more-settings", onclick: () => discard(node, id) },
        t("gallery.delete"),
      ),
    );
    const facts = [
      nickname,
      t("gallery.step", { step: store.state.number(step) }),
      new Date(1000 * created).toLocaleDateString(store.state.language, { dateStyle: "medium" }),
    ];
    const image = element("img", { src: thumbnail(id), alt: "", loading: "lazy", width: 160, height: 160 });
    const opening = element(
      "button",
      {
        type: "button",
        class: "saved-open",
        onclick: () => {
          dialog.close();
          openLink(link);
        },
      },
      image,
      name,
    );
    enliven(opening, image, id);
    const node = element(
      "div",
      { class: "saved", id: `saved-${id}` },
      opening,
      element("span", { class: "hint" }, facts.filter(Boolean).join(" · ")),
      note ? element("p", { class: "hint" }, note) : null,
      own ? tools : null,
    );
    return node;
  };

  /** The tools of a card make room for its title to be typed; Escape leaves it as it is. */
  const rename = (/** @type {HTMLElement} */ tools, /** @type {HTMLElement} */ name, /** @type {string} */ id) => {
    const kept = [...tools.childNodes];
    const end = () => tools.replaceChildren(...kept);
    const input = element("input", {
      type: "text",
      value: name.textContent ?? "",
      required: true,
      maxLength: 80,
      "aria-label": t("gallery.rename"),
    });
    const form = element(
      "form",
      { class: "saved-name" },
      input,
      element("button", { type: "submit", class: "button" }, t("save.accept")),
    );
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const title = input.value.trim();
      if (title)
        await change(id, { title }).then(() => {
          name.textContent = title;
        }, refused);
      end();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault(); // It would close the gallery.
      end();
    });
    tools.replaceChildren(form);
    input.select();
  };

  /** Deletes at once, and leaves the way back in its place. */
  const discard = async (/** @type {HTMLElement} */ node, /** @type {string} */ id) => {
    const kept = [...node.childNodes];
    const undo = element(
      "button",
      {
        type: "button",
        class: "button",
        onclick: () =>
          restore(id).then(() => {
            node.replaceChildren(...kept);
            count(found + 1);
          }, refused),
      },
      t("gallery.undo"),
    );
    await remove(id).then(() => {
      node.replaceChildren(element("p", { class: "hint" }, t("gallery.deleted")), undo);
      count(found - 1);
    }, refused);
  };

  let timer = 0;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(load, PAUSE);
  });
  order.addEventListener("change", () => load());
  const form = createForm({
    store,
    refused,
    saved: () => {
      saved();
      // Whoever opened the gallery before the answer came sees what was saved, too.
      if (dialog.open) load();
    },
  });

  store.watch(["t"], () => {
    title.textContent = t("gallery.title");
    search.placeholder = t("gallery.search");
    search.setAttribute("aria-label", t("gallery.search"));
    order.setAttribute("aria-label", t("gallery.order"));
    order.replaceChildren(
      ...["newest", "oldest", "title"].map((value) => element("option", { value }, t(`gallery.order.${value}`))),
    );
    more.textContent = t("gallery.more");
    close.setAttribute("aria-label", t("notice.close"));
  });

  byId("open-gallery").onclick = () => {
    dialog.showModal();
    load();
  };
  return { openForm: form.open };
}

/**
 * Has a thumbnail show its run, from the start, as long as somebody points at it or has the keyboard on it.
 * @param {HTMLElement} button
 * @param {HTMLImageElement} image
 * @param {string} id
 */
function enliven(button, image, id) {
  let timer = 0;
  const begin = () => {
    clearTimeout(timer);
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches)
      timer = window.setTimeout(() => {
        image.src = film(id);
      }, HOVER);
  };
  const end = () => {
    clearTimeout(timer);
    image.src = thumbnail(id);
  };
  button.addEventListener("pointerenter", begin);
  button.addEventListener("focus", begin);
  button.addEventListener("pointerleave", end);
  button.addEventListener("blur", end);
  // A lab that is too busy to make the film has a still picture of it.
  image.addEventListener("error", () => {
    if (!image.src.endsWith(thumbnail(id))) image.src = thumbnail(id);
  });
}

/**
 * @param {object} context
 * @param {any} context.store
 * @param {(error: unknown) => void} context.refused
 * @param {() => void} context.saved
 */
function createForm({ store, refused, saved }) {
  const heading = element("h2", { id: "save-title" });
  const fields = {
    title: element("input", { type: "text", id: "save-name", required: true, maxLength: 80 }),
    note: element("textarea", { id: "save-note", maxLength: 2000, rows: 3 }),
    nickname: element("input", { type: "text", id: "save-nickname", maxLength: 40 }),
  };
  const labels = Object.entries(fields).map(([name, field]) => ({ name, text: element("span"), field }));
  const cancel = element("button", { type: "button", class: "button", onclick: () => dialog.close() });
  const accept = element("button", { type: "submit", class: "button primary", id: "save-accept" });
  const form = element(
    "form",
    { method: "dialog" },
    ...labels.map(({ text, field }) => element("label", {}, text, field)),
    element("div", { class: "board-actions" }, cancel, accept),
  );
  const dialog = element(
    "dialog",
    { class: "save", id: "save-dialog", "aria-labelledby": "save-title" },
    heading,
    form,
  );
  document.body.append(dialog);

  form.addEventListener("submit", async () => {
    local.setItem("nickname", fields.nickname.value);
    const words = {
      session: store.state.session,
      title: fields.title.value.trim(),
      note: fields.note.value.trim(),
      nickname: fields.nickname.value.trim(),
    };
    await save(words).then(saved, refused);
  });
  store.watch(["t"], (/** @type {any} */ { t }) => {
    heading.textContent = t("save.heading");
    for (const { name, text } of labels) text.textContent = t(`save.${name}`);
    cancel.textContent = t("drawing.cancel");
    accept.textContent = t("save.accept");
  });
  return {
    open() {
      fields.title.value = fields.note.value = "";
      fields.nickname.value = local.getItem("nickname") ?? "";
      dialog.showModal();
      fields.title.focus();
    },
  };
}
