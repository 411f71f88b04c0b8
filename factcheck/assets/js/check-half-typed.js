// The smaller forms of the check page and those of the proof: what is half typed in them survives a reload, a crash and the
// form's own disappearance, until it was sent or put away.
(() => {
  "use strict";
  const main = document.querySelector("main[data-keeps]");
  if (!main) return;
  const copies = window.deskCopies;
  const OLDEST = 7 * 24 * 3600 * 1000;
  const place = `desk:form:${main.dataset.keeps}:${main.dataset.person}:`;
  const beginning = (form) => `${place}${form.dataset.keep}:`;
  const nameOf = (form) => beginning(form) + copies.tab;

  const fields = (form) => [...form.elements].filter((field) => field.name && field.name !== "csrfmiddlewaretoken" && !["submit", "button"].includes(field.type));
  const valueOf = (field) => (field.type === "checkbox" ? field.checked : field.value);
  const valuesOf = (form) => Object.fromEntries(fields(form).map((field) => [field.name, valueOf(field)]));
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const isUntouched = (form) =>
    fields(form).every((field) =>
      field.type === "checkbox"
        ? field.checked === field.defaultChecked
        : field.tagName === "SELECT"
          ? field.value === ([...field.options].find((option) => option.defaultSelected) || field.options[0]).value
          : field.value === field.defaultValue,
    );

  // --- Keeping ---

  let unkept = false; // no store of this browser takes it: then leaving is asked about

  // Beside the values: the words for who can no longer use the form, and the address it came from.
  const keep = (form, sent = false) => {
    const words = fields(form).filter((field) => field.matches("textarea, [type=text]") && field.value.trim()).map((field) => field.value);
    const from = form.closest(".slot") ? form.getAttribute("action") : "";
    unkept = !copies.write(nameOf(form), { values: valuesOf(form), words, from, sent });
    form.dataset.kept = "yes";
  };

  // Every copy with these values, since a second tab may have taken one over.
  const forget = (form, values = valuesOf(form)) => {
    copies.drop(nameOf(form));
    for (const { name, left } of copies.all(beginning(form))) if (same(left.values, values)) copies.drop(name);
    unkept = false;
  };

  main.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.dataset.keep) keep(form);
  });
  window.addEventListener("beforeunload", (event) => unkept && event.preventDefault());

  // --- Putting back ---

  // A browser that puts fields back itself, on a reload, leaves the form folded away.
  const putBack = (form) => {
    if (form.dataset.kept) return;
    const [newest] = copies.leftBehind(beginning(form));
    if (!newest || !(isUntouched(form) || same(valuesOf(form), newest.left.values))) return;
    for (const field of fields(form)) {
      if (!(field.name in newest.left.values)) continue;
      if (field.type === "checkbox") field.checked = newest.left.values[field.name];
      else field.value = newest.left.values[field.name];
    }
    if (newest.name !== nameOf(form)) copies.drop(newest.name);
    keep(form);
    const box = form.closest("details");
    if (box) box.open = true;
    form.dispatchEvent(new Event("desk:filled", { bubbles: true }));
  };

  // A form that stands in a place of its own is fetched again, as its link does.
  const fetchBack = () => {
    for (const { left } of copies.leftBehind(place)) {
      const link = left.from && main.querySelector(`a[hx-get="${CSS.escape(left.from)}"]`);
      const slot = link && document.querySelector(link.getAttribute("hx-target"));
      if (slot && !slot.childElementCount && !slot.dataset.comes) {
        slot.dataset.comes = "yes";
        window.htmx.ajax("GET", left.from, { target: slot, source: slot });
      }
    }
  };

  const putAllBack = () => {
    document.querySelectorAll("form[data-keep]").forEach(putBack);
    fetchBack();
  };

  // What a form without script was sent with is at the desk once the page that came says so; it may
  // have led to signing in instead.
  const tidy = () => {
    const isDone = Boolean(document.querySelector("#messages .success"));
    for (const { name, left } of copies.all(place)) {
      if (Date.now() - left.at > OLDEST || (left.sent && isDone)) copies.drop(name);
    }
  };

  // --- Sending ---

  const formOf = (event) => {
    const from = event.detail.requestConfig && event.detail.requestConfig.elt;
    return from && from.closest("form[data-keep]");
  };
  const sending = new WeakMap();

  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = formOf(event);
    if (form) sending.set(form, valuesOf(form));
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = formOf(event);
    if (form && event.detail.xhr.status < 300) sent(form, event.detail.target);
  });
  // Who typed on while it was under way finds that in the next form. A form that its answer does not
  // replace is emptied and folded away.
  const sent = (form, target) => {
    const values = sending.get(form) || valuesOf(form);
    if (!same(values, valuesOf(form))) return keep(form);
    forget(form, values);
    if (target.contains(form)) return;
    form.reset();
    const box = form.closest("details");
    if (box) box.open = false;
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!event.defaultPrevented && form.dataset.keep && !form.hasAttribute("hx-post")) keep(form, true);
  });
  // On the way down: on the way up the form is gone already.
  main.addEventListener("click", (event) => {
    const away = event.target.closest("[data-discards]");
    if (away && away.closest(".slot")) forget(away.closest("form"));
  }, true);

  document.addEventListener("htmx:afterSettle", putAllBack);
  tidy();
  copies.lookAndLookAgain(putAllBack);
})();
