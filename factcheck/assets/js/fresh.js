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
  // Before the browser paints: nobody sees the page jump.
  document.addEventListener("htmx:afterSwap", takePlace);

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
