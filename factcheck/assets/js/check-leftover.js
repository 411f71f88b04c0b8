// Where there is no form any more, because the check went to somebody else: what was typed in this
// browser and never reached the server is shown, to be copied or forgotten.
(() => {
  "use strict";
  const main = document.querySelector("main[data-check]");
  if (!main) return;
  document.documentElement.classList.add("scripted");
  const box = document.getElementById("leftover");
  if (!box || document.getElementById("verdict-form")) return;

  const place = `desk:check:${main.dataset.check}:${main.dataset.person}:tab:`;
  const names = Object.keys(localStorage).filter((name) => name.startsWith(place));
  const textOf = (name) => {
    try {
      const { mine } = JSON.parse(localStorage.getItem(name));
      return [mine.summary, mine.explanation].filter(Boolean).join("\n\n");
    } catch {
      return "";
    }
  };
  const text = names.map(textOf).filter(Boolean).join("\n\n");
  if (!text) return;
  box.hidden = false;
  box.querySelector("textarea").value = text;
  box.querySelector("button").addEventListener("click", () => {
    for (const name of names) localStorage.removeItem(name);
    box.hidden = true;
  });
})();
