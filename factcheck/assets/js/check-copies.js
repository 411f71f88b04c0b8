// What was typed on a page and is not at the desk yet: a copy for each tab, in this browser.
// Copies are objects with `at`, the moment they were made. The other scripts of the page use this.
(() => {
  "use strict";
  if (!document.querySelector("main[data-keeps]")) return;
  const TAB = "desk:tab";

  // A store may be forbidden or full: then the other one is used.
  const stores = ["localStorage", "sessionStorage"].flatMap((name) => {
    try {
      return [window[name]];
    } catch {
      return [];
    }
  });

  const attempt = (act) => {
    try {
      return act();
    } catch {
      return null;
    }
  };

  // While the page lives its name is nowhere to be found: a tab that is duplicated gets another one.
  const takeName = () => {
    const known = attempt(() => sessionStorage.getItem(TAB));
    attempt(() => sessionStorage.removeItem(TAB));
    return known || Math.random().toString(36).slice(2);
  };
  const tab = takeName();
  window.addEventListener("pagehide", () => attempt(() => sessionStorage.setItem(TAB, tab)));
  window.addEventListener("pageshow", (event) => event.persisted && attempt(() => sessionStorage.removeItem(TAB)));

  const newer = (one, other) => (other && (!one || other.at > one.at) ? other : one);
  const read = (name) => stores.map((store) => attempt(() => JSON.parse(store.getItem(name)))).reduce(newer, null);
  const drop = (name) => stores.forEach((store) => attempt(() => store.removeItem(name)));

  // Return whether some store has it.
  const write = (name, value) => {
    const text = JSON.stringify({ ...value, at: Date.now() });
    return stores.some((store) => attempt(() => store.setItem(name, text) ?? true));
  };

  // Whatever any tab left behind under names that begin so, the newest first.
  const all = (beginning) =>
    [...new Set(stores.flatMap((store) => attempt(() => Object.keys(store)) || []))]
      .filter((name) => name.startsWith(beginning))
      .map((name) => ({ name, left: read(name) }))
      .filter((one) => one.left)
      .sort((one, other) => other.left.at - one.left.at);

  // What this tab typed, or a page that was there before this one came. What another tab has typed
  // since belongs to it: that tab is still there.
  const leftBehind = (beginning) => all(beginning).filter(({ name, left }) => name.endsWith(`:${tab}`) || left.at < performance.timeOrigin);

  // A copy that another process of the browser was still writing is seen a moment later.
  const lookAndLookAgain = (look) => {
    look();
    for (const wait of [400, 2000]) window.setTimeout(look, wait);
    window.addEventListener("pageshow", look);
  };

  window.deskCopies = { tab, read, write, drop, all, leftBehind, lookAndLookAgain };
})();
