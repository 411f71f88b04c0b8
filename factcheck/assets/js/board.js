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
