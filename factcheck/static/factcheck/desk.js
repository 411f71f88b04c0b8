/* start.js */
// What every page of the desk needs. Each file here is a scope of its own: one script to a page's part.

/* board.js */
// The board: keys belong to the row that has the focus, and what a lead is asked opens in a dialog.
(() => {
  "use strict";
  const picker = () => document.getElementById("picker");
  let asked = { id: "", at: 0 }; // the row for which the dialog was opened

  // --- A row's keys, written data-row-key, count while the focus is in the row ---

  document.addEventListener("focusin", (event) => {
    const row = event.target instanceof Element && event.target.closest("[data-row]");
    if (!row) return;
    for (const el of document.querySelectorAll("[data-row-key][data-key]")) el.removeAttribute("data-key");
    for (const el of row.querySelectorAll("[data-row-key]")) el.dataset.key = el.dataset.rowKey;
  });

  // --- The dialog ---

  const rows = () => [...document.querySelectorAll("#board-now [data-row] a[id]")];

  const remember = (opener) => {
    const row = opener.closest("[data-row]");
    const link = row && row.querySelector("a[id]");
    if (link) asked = { id: link.id, at: rows().indexOf(link) };
  };

  // The row may have gone to another group or off the page: then its neighbour has the focus.
  const goBack = () => {
    const heir = document.getElementById(asked.id) || rows()[Math.min(asked.at, rows().length - 1)];
    if (heir) heir.focus();
  };

  document.addEventListener("htmx:beforeRequest", (event) => {
    const row = event.target instanceof Element && event.target.closest("#board-now [data-row]");
    if (row) remember(event.target);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === picker() && !picker().open) picker().showModal();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const by = event.detail.requestConfig;
    if (!picker() || !by || by.verb === "get" || event.detail.target.id !== "board-now") return;
    if (picker().open) picker().close();
    goBack();
  });
  document.addEventListener("click", (event) => {
    const closer = event.target instanceof Element && event.target.closest("#picker [data-closes]");
    if (!closer) return;
    event.preventDefault();
    picker().close();
    goBack();
  });
})();

/* fresh.js */
// Parts that keep themselves fresh: data-fresh="20" beside hx-get and hx-trigger="fresh" asks anew
// every twenty seconds while the page is looked at, and at once when it is looked at again. Focus,
// scroll and typed text stay: a part in which somebody types waits until they are done.
(() => {
  "use strict";
  const TICK = 1000;
  const askedAt = new WeakMap();

  const typedIn = (part) =>
    [...part.querySelectorAll("input, textarea, select")].some(
      (field) =>
        field === document.activeElement ||
        (field.type === "checkbox" || field.type === "radio"
          ? field.checked !== field.defaultChecked
          : field.tagName === "SELECT"
            ? [...field.options].some((option) => option.selected !== option.defaultSelected)
            : field.type !== "hidden" && field.value !== field.defaultValue),
    );

  const isDue = (part, now) => now - (askedAt.get(part) || 0) >= Number(part.dataset.fresh) * 1000;

  const look = () => {
    if (document.hidden || !window.htmx) return;
    const now = Date.now();
    for (const part of document.querySelectorAll("[data-fresh]")) {
      if (!askedAt.has(part)) askedAt.set(part, now);
      if (!isDue(part, now) || typedIn(part)) continue;
      askedAt.set(part, now);
      window.htmx.trigger(part, "fresh");
    }
  };

  // --- Focus and scroll ---

  let kept = null;

  const items = (part) => [...part.querySelectorAll("[data-item][id]")];

  // What the eye holds on to: what has the focus, else the first row that can be seen.
  const anchorIn = (part, focused) =>
    focused || items(part).find((el) => el.getBoundingClientRect().bottom > 0);

  const keepPlace = (part) => {
    const active = document.activeElement;
    const focused = active.id && part.contains(active) ? active : null;
    const anchor = anchorIn(part, focused);
    kept = {
      part: part.id,
      id: anchor ? anchor.id : "",
      top: anchor ? anchor.getBoundingClientRect().top : 0,
      scroll: window.scrollY,
      hadFocus: Boolean(focused),
      index: focused ? items(part).indexOf(focused) : -1,
    };
  };

  // The row may be gone: then its neighbour has the focus, and the page stays where it was.
  const neighbour = (place) => {
    const rows = items(document.getElementById(place.part) || document);
    return rows[Math.min(place.index, rows.length - 1)];
  };

  const takePlace = () => {
    if (!kept) return;
    const place = kept;
    kept = null;
    const again = document.getElementById(place.id);
    const heir = again || (place.index >= 0 ? neighbour(place) : null);
    if (place.hadFocus && heir) heir.focus({ preventScroll: true });
    if (again) window.scrollBy(0, again.getBoundingClientRect().top - place.top);
    else window.scrollTo(window.scrollX, place.scroll);
  };

  const isFresh = (event) => event.target instanceof Element && event.target.closest("[data-fresh]") && event.detail.requestConfig?.triggeringEvent?.type === "fresh";

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!isFresh(event)) return;
    // Somebody began to type while the answer was under way: the next look brings it.
    if (typedIn(event.target)) event.detail.shouldSwap = false;
    else keepPlace(event.target);
  });
  document.addEventListener("htmx:afterSettle", takePlace);

  // --- Signed out, or the line is down ---

  const say = (text, link) => {
    const line = document.getElementById("connection");
    if (!line || line.dataset.said === text) return;
    line.dataset.said = text;
    line.replaceChildren();
    if (!text) return;
    const words = document.createElement("p");
    words.textContent = text;
    if (link) words.append(" ", link);
    line.append(words);
  };

  const signIn = (line) => {
    const link = document.createElement("a");
    link.href = `/accounts/login/?next=${encodeURIComponent(location.pathname + location.search)}`;
    link.textContent = line.dataset.signIn;
    return link;
  };

  document.addEventListener("htmx:responseError", (event) => {
    const line = document.getElementById("connection");
    if (line && event.detail.xhr.status === 401) say(line.dataset.signedOut, signIn(line));
  });
  document.addEventListener("htmx:sendError", () => {
    const line = document.getElementById("connection");
    if (line) say(line.dataset.unreachable);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) say("");
  });

  window.setInterval(look, TICK);
  document.addEventListener("visibilitychange", look);
})();

/* keys.js */
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
    if (isField(el)) {
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
