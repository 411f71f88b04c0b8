// The article proof: n goes to the next sentence that is open or wrong, the panel follows the sentence
// that has the focus, and a form that is opened by its key has the focus in its first field.
(() => {
  "use strict";
  const PAUSE = 250; // milliseconds on one sentence before its panel is fetched
  const ASKS = "a.sign.is-open, a.sign.is-wrong";
  let waiting = 0;
  let opened = null;

  const sheet = () => document.querySelector("[data-proof]");

  const isTyping = (el) => el.closest("textarea, select, input, [contenteditable]");

  // After the sentence that has the focus or was opened last; from the top again after the last one.
  const nextToDo = () => {
    const from = sheet().querySelector("a.sign:focus") || sheet().querySelector("a.sign[aria-current]");
    const all = [...sheet().querySelectorAll(ASKS)];
    const after = all.find((el) => from && from.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING);
    return after || all[0];
  };

  const onKey = (event) => {
    const alone = document.body.dataset.singleKeys !== "off";
    if (event.key !== "n" || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
    if (!sheet() || event.altKey === alone || isTyping(event.target)) return;
    const next = nextToDo();
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "center" });
  };

  const open = (sign) => {
    sheet().querySelectorAll("[aria-current]").forEach((el) => el.removeAttribute("aria-current"));
    sign.setAttribute("aria-current", "true");
  };

  const onFocus = (event) => {
    window.clearTimeout(waiting);
    const sign = event.target.closest ? event.target.closest("[data-proof] a.sign") : null;
    if (!sign || sign.hasAttribute("aria-current") || !window.matchMedia("(min-width: 60.01rem)").matches) return;
    waiting = window.setTimeout(() => document.activeElement === sign && sign.click(), PAUSE);
  };

  document.addEventListener("keydown", onKey);
  document.addEventListener("focusin", onFocus);
  // A form that is open when the page comes stays where it is; one that somebody opens is typed in.
  const onToggle = (event) => {
    if (event.target !== opened || !opened.open) return;
    const field = opened.querySelector("textarea");
    // Whoever is in one of its fields already stays there.
    if (field && !opened.querySelector(":focus:not(summary)")) field.focus();
  };

  document.addEventListener("click", (event) => {
    const sign = event.target.closest("[data-proof] a.sign");
    if (sign) open(sign);
    opened = event.target.closest("main.proof summary") ? event.target.closest("details") : null;
  });
  document.addEventListener("toggle", onToggle, true);
})();
