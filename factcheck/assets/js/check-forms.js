// The smaller forms of the check page: what is half typed survives a reload, names are called with
// a click, forms are put away again, counts are live, a pasted link names its source.
(() => {
  "use strict";
  const main = document.querySelector("main[data-check]");
  if (!main) return;
  const DAY = 24 * 3600 * 1000;
  const keyOf = (form) => `desk:form:${main.dataset.check}:${main.dataset.person}:${form.dataset.keep}`;

  // --- Half-typed forms ---

  const kept = (form) => [...form.elements].filter((field) => field.name && !["hidden", "submit", "button"].includes(field.type));
  const valueOf = (field) => (field.type === "checkbox" ? field.checked : field.value);

  const keep = (form) => {
    const values = Object.fromEntries(kept(form).map((field) => [field.name, valueOf(field)]));
    try {
      localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values }));
    } catch {
      // No room, or not allowed: then it lives as long as the page.
    }
  };

  const forget = (form) => localStorage.removeItem(keyOf(form));

  const putBack = (form) => {
    if (form.dataset.restored) return;
    form.dataset.restored = "yes";
    let left = null;
    try {
      left = JSON.parse(localStorage.getItem(keyOf(form)));
    } catch {
      return;
    }
    if (!left || Date.now() - left.at > 7 * DAY) return forget(form);
    for (const field of kept(form)) {
      if (!(field.name in left.values)) continue;
      if (field.type === "checkbox") field.checked = left.values[field.name];
      else field.value = left.values[field.name];
    }
    const box = form.closest("details");
    if (box) box.open = true;
  };

  const putAllBack = () => document.querySelectorAll("form[data-keep]").forEach(putBack);

  main.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.dataset.keep) keep(form);
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const from = event.detail.requestConfig && event.detail.requestConfig.elt;
    const form = from && from.closest("form[data-keep]");
    if (form && event.detail.xhr.status < 300) sent(form, event.detail.target);
  });
  // A form that its answer does not replace is emptied and folded away.
  const sent = (form, target) => {
    forget(form);
    if (target.contains(form)) return;
    form.reset();
    const box = form.closest("details");
    if (box) box.open = false;
  };

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const box of document.querySelectorAll(".bar details[open]")) {
      box.open = false;
      box.querySelector("summary").focus();
    }
  });
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.keep && event.target.closest("[hx-disable]")) forget(event.target);
  });

  // --- After signing in again the forms need the new session's key: take it, and send once more ---

  let refused = null;
  const takeKey = () => {
    const token = document.getElementById("state").dataset.csrf;
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
    if (refused) refused.form.requestSubmit(refused.submitter);
    refused = null;
  };

  document.addEventListener("desk:line", takeKey);
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "state") takeKey();
  });
  document.addEventListener("htmx:responseError", (event) => {
    const { elt, triggeringEvent } = event.detail.requestConfig;
    const form = elt.closest("form[data-keep]");
    const { status } = event.detail.xhr;
    if (form && status !== 401 && (status !== 403 || form.dataset.again)) main.querySelector("#saved").textContent = main.dataset.failed;
    if (status !== 403 || !form || form.dataset.again) return;
    form.dataset.again = "yes";
    refused = { form, submitter: triggeringEvent && triggeringEvent.submitter };
    window.htmx.trigger("#state", "fresh");
  });

  // --- Forms that open in their place, and are put away again ---

  document.addEventListener("htmx:afterSettle", (event) => {
    putAllBack();
    const slot = event.target.classList && event.target.classList.contains("slot") ? event.target : null;
    const wrong = document.querySelector("[aria-invalid=true]:not(fieldset), .errorlist");
    const first = slot && slot.querySelector("input:not([type=hidden]), select, textarea");
    if (first) first.focus();
    else if (wrong && event.target.matches && event.target.matches(".part-form, form[data-keep]")) wrong.focus();
  });

  main.addEventListener("click", (event) => {
    const away = event.target.closest("[data-discards]");
    const slot = away && away.closest(".slot");
    if (slot) {
      event.preventDefault();
      forget(slot.querySelector("form"));
      const back = slot.previousElementSibling && slot.previousElementSibling.querySelector("a");
      slot.replaceChildren();
      if (back) back.focus();
    }
    const call = event.target.closest("[data-calls]");
    if (call) callBy(call);
  });

  const callBy = (button) => {
    const field = document.getElementById(button.dataset.into);
    const gap = field.value && !/\s$/.test(field.value) ? " " : "";
    field.value += `${gap}@${button.dataset.calls} `;
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // --- The key of a form that is folded away opens it and goes to its first field ---

  main.addEventListener("toggle", (event) => {
    const box = event.target;
    if (!box.open || !box.contains(document.activeElement)) return;
    const first = box.querySelector("form input:not([type=hidden]), form select, form textarea");
    if (first) first.focus();
  }, true);
  main.addEventListener("click", (event) => {
    const summary = event.target.closest("summary");
    if (summary) summary.focus();
  });

  // The key of the ratings goes to the one that is chosen, and chooses none itself.
  const ratings = document.querySelector("fieldset.ratings");
  if (ratings) {
    ratings.addEventListener("focus", () => (ratings.querySelector(":checked") || ratings.querySelector("input")).focus());
  }

  // --- Counts, and the source of a link ---

  const count = () => {
    for (const one of document.querySelectorAll("[data-counts]")) {
      const field = document.getElementById(one.dataset.counts);
      one.textContent = `${field.value.length} / ${field.maxLength}`;
      one.classList.toggle("late", field.value.length >= field.maxLength);
    }
  };

  const nameSource = (field) => {
    const source = field.form.elements.source;
    if (!source || (source.value && source.value !== source.dataset.guessed)) return;
    let host = "";
    try {
      host = new URL(field.value.includes("://") ? field.value : `https://${field.value}`).hostname.replace(/^www\./, "");
    } catch {
      return;
    }
    source.value = source.dataset.guessed = host;
  };

  main.addEventListener("input", (event) => {
    count();
    if (event.target.name === "url" && event.target.form) nameSource(event.target);
  });
  main.addEventListener("desk:filled", count, true);
  count();
  putAllBack();
})();
