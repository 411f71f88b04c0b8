// The article on the check page: the claim in view, and words that are selected go into the form.
(() => {
  "use strict";
  const AROUND = 64; // characters before and after the words, to tell equal passages apart
  const ROOM = 12; // pixels between the selected words and the form that covers what follows
  const main = document.querySelector("main[data-check]");
  if (!main) return;

  const toMine = () => {
    const column = document.getElementById("article-column");
    const mine = document.getElementById("mine");
    if (!mine || column.scrollHeight <= column.clientHeight) return;
    column.scrollTop += mine.getBoundingClientRect().top - column.getBoundingClientRect().top - column.clientHeight / 3;
  };

  const selected = () => {
    const selection = document.getSelection();
    const text = document.getElementById("text");
    if (!text || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return null;
    const words = range.toString();
    if (!words.trim()) return null;
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    const start = before.toString().length + (words.length - words.trimStart().length);
    return { start, end: start + words.trim().length, whole: text.textContent };
  };

  let timer = 0;
  const take = () => {
    const found = selected();
    const box = document.getElementById("selection");
    if (!found || !box) return;
    const form = box.querySelector("form");
    form.elements.quote.value = found.whole.slice(found.start, found.end);
    form.elements.before.value = found.whole.slice(Math.max(0, found.start - AROUND), found.start);
    form.elements.after.value = found.whole.slice(found.end, found.end + AROUND);
    box.open = true;
    const column = document.getElementById("article-column");
    const covered = document.getSelection().getRangeAt(0).getBoundingClientRect().bottom - box.getBoundingClientRect().top;
    if (covered > 0) column.scrollTop += covered + ROOM;
  };

  // Not while a button is down: the text must stand still under who selects it.
  let selecting = false;
  const soon = () => {
    window.clearTimeout(timer);
    if (!selecting) timer = window.setTimeout(take, 200);
  };
  document.addEventListener("pointerdown", () => (selecting = true));
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => {
      selecting = false;
      soon();
    });
  }
  document.addEventListener("selectionchange", soon);
  // Words that are typed stand wherever they are found: what surrounded others no longer counts.
  main.addEventListener("input", (event) => {
    if (event.target.name !== "quote" || !event.target.form) return;
    event.target.form.elements.before.value = "";
    event.target.form.elements.after.value = "";
  });
  toMine();
})();
