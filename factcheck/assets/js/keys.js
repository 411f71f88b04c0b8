// Keys: an element with data-key="x" is used by that key; "g q" is g, then q. A container with
// data-list gives j and k (and the arrows) to move among its elements with data-item. In a field
// hold Alt, as everywhere for people who turned single keys off. ? shows what there is.
(() => {
  "use strict";
  const PATIENCE = 1200; // milliseconds between two keys of one sequence
  const NEXT = ["j", "ArrowDown"];
  const PREVIOUS = ["k", "ArrowUp"];
  let typed = "";
  let typedAt = 0;

  const dialog = () => document.getElementById("keys");
  const openDialog = () => document.querySelector("dialog[open]");
  const isField = (el) =>
    el instanceof Element &&
    (el.isContentEditable ||
      el.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])"));

  const isThere = (el) =>
    el.getClientRects().length > 0 && !el.disabled && el.getAttribute("aria-disabled") !== "true" && !el.closest("[inert]");

  // What can be used now: inside an open dialog only what the dialog holds.
  const entries = () => {
    const within = openDialog() || document;
    return [...within.querySelectorAll("[data-key]")].filter(isThere);
  };

  // The character itself, whatever Alt makes of it on a Mac and Caps Lock of its case.
  const keyOf = (event) => {
    const letter = /^Key([A-Z])$/.exec(event.code);
    if (event.altKey && letter && !/^[a-z0-9]$/i.test(event.key)) return letter[1].toLowerCase();
    return event.shiftKey || event.key.length > 1 ? event.key : event.key.toLowerCase();
  };

  const labelOf = (el) =>
    (el.dataset.keyLabel || el.getAttribute("aria-label") || labelOfField(el) || el.textContent || "").replace(/\s+/g, " ").trim();

  const labelOfField = (el) => (el.labels && el.labels.length ? el.labels[0].textContent : "");

  const use = (el) => {
    if (el.type === "radio") {
      // A rating is chosen by its owner: the key only leads there.
      (document.querySelector(`input[name="${CSS.escape(el.name)}"]:checked`) || el).focus();
    } else if (isField(el)) {
      el.focus();
      if (el.select) el.select();
    } else if (el.matches("a, button, summary, label, input, [role=button], [role=tab]")) {
      el.click();
    } else {
      el.focus();
    }
  };

  // Use what the key, or the keys typed so far, stand for; return whether there is or may be one.
  const pressed = (event, key) => {
    const known = entries();
    const begun = Date.now() - typedAt < PATIENCE ? typed : "";
    typed = "";
    typedAt = Date.now();
    for (const keys of begun ? [`${begun} ${key}`, key] : [key]) {
      const hit = known.find((el) => el.dataset.key === keys);
      const more = known.some((el) => el.dataset.key.startsWith(`${keys} `));
      if (!hit && !more) continue;
      event.preventDefault();
      if (hit) use(hit);
      else typed = keys;
      return true;
    }
    return false;
  };

  // --- Moving in lists ---

  const move = (event, key) => {
    const step = NEXT.includes(key) ? 1 : PREVIOUS.includes(key) ? -1 : 0;
    const focused = document.activeElement;
    const list = (focused && focused.closest("[data-list]")) || document.querySelector("[data-list]");
    // The arrows scroll the page unless the list has the focus already.
    if (!step || !list || openDialog() || (key.length > 1 && !list.contains(focused))) return;
    const items = [...list.querySelectorAll("[data-item]")].filter(isThere);
    const at = items.findIndex((el) => el === focused || el.contains(focused));
    const next = items[at < 0 ? (step > 0 ? 0 : items.length - 1) : at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };

  // --- The list of keys ---

  const row = (keys, label) => {
    const line = document.createElement("tr");
    const cell = document.createElement("th");
    cell.scope = "row";
    keys.forEach((key, at) => {
      if (at) cell.append(` ${dialog().dataset.then} `);
      const cap = document.createElement("kbd");
      cap.textContent = key;
      cell.append(cap);
    });
    const said = document.createElement("td");
    said.textContent = label;
    line.append(cell, said);
    return line;
  };

  const fill = () => {
    const says = dialog().dataset;
    const lines = [];
    const seen = new Set();
    for (const el of document.querySelectorAll("[data-key]")) {
      if (!isThere(el) || seen.has(el.dataset.key) || dialog().contains(el)) continue;
      seen.add(el.dataset.key);
      lines.push(row(el.dataset.key.split(" "), labelOf(el)));
    }
    if (document.querySelector("[data-list] [data-item]")) {
      lines.push(row([NEXT[0]], says.next), row([PREVIOUS[0]], says.previous));
    }
    lines.push(row(["Esc"], says.leave));
    dialog().querySelector("tbody").replaceChildren(...lines);
  };

  const showKeys = () => {
    if (!dialog() || openDialog()) return;
    fill();
    dialog().showModal();
    dialog().scrollTop = 0; // the button that has the focus is at its end
  };

  // --- Listening ---

  const leave = (event) => {
    if (openDialog() || !isField(event.target)) return;
    event.preventDefault(); // a search field would be emptied
    event.target.blur();
  };

  const onKey = (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") return leave(event);
    const mustHold = isField(event.target) || document.body.dataset.singleKeys === "off";
    if (event.altKey !== mustHold || ["Shift", "Alt", "AltGraph"].includes(event.key)) return;
    const key = keyOf(event);
    if (!pressed(event, key)) move(event, key);
  };

  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener && opener.dataset.opens === "keys") showKeys();
  });
})();
