// Where there is no form any more, because the check went to somebody else or a piece was replaced:
// what was typed in this browser and never reached the desk is shown, to be copied or forgotten.
(() => {
  "use strict";
  const main = document.querySelector("main[data-check]");
  if (!main) return;
  document.documentElement.classList.add("scripted");
  const box = document.getElementById("leftover");
  if (!box) return;

  const copies = window.deskCopies;
  const of = `${main.dataset.check}:${main.dataset.person}:`;
  const drafts = `desk:check:${of}tab:`;
  const forms = `desk:form:${of}`;

  const isThere = ({ name, left }) =>
    main.querySelector(`form[data-keep="${CSS.escape(name.slice(forms.length).split(":")[0])}"]`) ||
    (left.from && main.querySelector(`a[hx-get="${CSS.escape(left.from)}"]`));

  const homeless = () => [
    ...(document.getElementById("verdict-form") ? [] : copies.leftBehind(drafts)),
    ...copies.leftBehind(forms).filter((one) => !isThere(one)),
  ];
  const wordsOf = ({ left }) => (left.mine ? [left.mine.summary, left.mine.explanation] : left.words).filter(Boolean);

  const show = () => {
    const text = homeless().flatMap(wordsOf).join("\n\n");
    box.hidden = !text;
    box.querySelector("textarea").value = text;
  };
  box.querySelector("button").addEventListener("click", () => {
    for (const { name } of homeless()) copies.drop(name);
    box.hidden = true;
  });
  copies.lookAndLookAgain(show);
})();
