// The smaller forms of the check page: names are called with a click, forms open in their place and
// are put away again, counts are live, a pasted link names its source.
(() => {
  "use strict";
  const main = document.querySelector("main[data-check]");
  if (!main) return;

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const box of document.querySelectorAll(".bar details[open]")) {
      box.open = false;
      box.querySelector("summary").focus();
    }
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

  // The keyboard goes to what came only if it did not go elsewhere meanwhile: letters that somebody
  // is typing must not land in another field.
  const isFree = (asked) => [document.body, null, asked].includes(document.activeElement);

  // A form that came back by itself, half typed, does not ask for the keyboard.
  const putBack = (slot) => slot.dataset.comes && delete slot.dataset.comes;

  document.addEventListener("htmx:afterSettle", (event) => {
    const { target, detail } = event;
    if (!target.matches || putBack(target) || !isFree(detail.requestConfig && detail.requestConfig.elt)) return;
    const first = target.matches(".slot") && target.querySelector("input:not([type=hidden]), select, textarea");
    const wrong = target.matches(".part-form, form[data-keep]") && target.querySelector("[aria-invalid=true]:not(fieldset), .errorlist");
    if (first || wrong) (first || wrong).focus();
  });

  main.addEventListener("click", (event) => {
    const away = event.target.closest("[data-discards]");
    const slot = away && away.closest(".slot");
    if (slot) {
      event.preventDefault();
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
    if (!box.open || document.activeElement !== box.querySelector("summary")) return;
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
})();
