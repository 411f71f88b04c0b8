/* start.js */
// What every page of the desk needs. Each file here is a scope of its own: one script to a page's part.

/* board.js */
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

/* check-copies.js */
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

/* check-draft.js */
// The verdict's draft: kept in this browser at once and on the server within two seconds, whatever
// becomes of connection, session, hold or the other window. Texts are in the form's data attributes.
(() => {
  "use strict";
  const main = document.querySelector("main[data-check]");
  const form = document.getElementById("verdict-form");
  if (!main || !form) return;
  const copies = window.deskCopies;
  const place = `desk:check:${main.dataset.check}:${main.dataset.person}`;
  const replaced = `${place}:before`; // what stood here before somebody else's words did
  const key = `${place}:tab:${copies.tab}`; // each tab has its own: two do not overwrite each other's
  const PAUSE = 1200; // milliseconds without a keystroke before the server gets it
  const LONGEST = 6000; // at most so long while somebody types on and on
  const GAPS = [2000, 4000, 8000, 15000, 30000, 60000]; // between two tries
  const MOST_SUMMARY = 500;
  const PATIENCE = 15000; // milliseconds after which a request that hangs counts as lost

  // --- What is in the form ---

  const says = form.dataset;
  const fields = { summary: form.elements.summary, explanation: form.elements.explanation };
  const radios = [...form.querySelectorAll("input[name=rating]")];
  const line = () => document.getElementById("state");

  const slugOf = (wanted) => {
    const radio = radios.find(wanted);
    return radio ? radio.dataset.slug : "";
  };
  const typed = () => ({
    rating: slugOf((radio) => radio.checked),
    summary: fields.summary.value,
    explanation: fields.explanation.value,
  });
  const served = () => ({
    rating: slugOf((radio) => radio.defaultChecked),
    summary: fields.summary.defaultValue,
    explanation: fields.explanation.defaultValue,
  });
  const fill = (words) => {
    for (const radio of radios) radio.checked = radio.dataset.slug === words.rating;
    for (const [name, field] of Object.entries(fields)) if (field.value !== words[name]) field.value = words[name];
    form.dispatchEvent(new Event("desk:filled"));
  };
  const same = (one, other) =>
    ["rating", "summary", "explanation"].every((name) => one[name].replace(/\r\n/g, "\n") === other[name].replace(/\r\n/g, "\n"));

  let base = served(); // what the server has, as far as this window knows
  let revision = Number(form.elements.revision.value);
  let timer = 0;
  let firstUnsaved = 0;
  let failures = 0;
  let flight = null; // the save under way
  let choosing = false; // two texts wait for a choice

  // --- What is said of it ---

  const say = (text, ...more) => {
    const saved = document.getElementById("saved");
    const whole = [text, ...more.map((one) => one.textContent || one)].join(" ");
    if (saved.dataset.said === whole) return;
    saved.dataset.said = whole;
    saved.replaceChildren(text, ...more.flatMap((one) => [" ", one]));
  };
  const time = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  const signIn = () => {
    const link = document.createElement("a");
    link.href = `/accounts/login/?next=${encodeURIComponent(location.pathname)}`;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = says.signIn;
    return link;
  };
  const state = (name) => {
    document.getElementById("saved").dataset.state = name;
  };

  // --- Speaking to the server ---

  const csrf = () => (line() && line().dataset.csrf) || form.elements.csrfmiddlewaretoken.value;
  const ask = (url, how = {}) =>
    fetch(url, { credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout(PATIENCE), ...how, headers: { "X-CSRFToken": csrf(), Accept: "application/json", ...(how.headers || {}) } });

  const begin = async () => {
    if (!line() || line().dataset.state !== "assigned") return;
    await ask(says.start, { method: "POST", headers: { "If-Match": "*", "Content-Type": "application/json" }, body: "{}" });
    await lookAnew();
  };

  // The line knows hold, token and key of the session; after signing in again they are others.
  const lookAnew = async () => {
    const answer = await ask(line().getAttribute("hx-get"), { headers: { "HX-Request": "true", Accept: "text/html" } });
    if (!answer.ok) return answer.status;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("state");
    if (fresh) {
      line().replaceWith(fresh);
      window.htmx.process(fresh);
      adopt();
    }
    return answer.status;
  };

  const adopt = () => {
    document.dispatchEvent(new Event("desk:line"));
    if (line().dataset.token) form.elements.token.value = line().dataset.token;
    for (const one of document.querySelectorAll(".starts")) one.hidden = line().dataset.state !== "assigned";
  };
  const isSomebodyElse = () => line().dataset.person !== main.dataset.person;

  // --- Saving ---

  const keep = () => {
    const mine = typed();
    if (same(mine, base)) copies.drop(key);
    else copies.write(key, { base, mine, revision });
  };

  const later = (wait) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, wait);
  };

  const onInput = (event) => {
    if (!event.target.name || event.target.name === "csrfmiddlewaretoken") return;
    touched = true;
    keep();
    const now = Date.now();
    firstUnsaved = firstUnsaved || now;
    later(failures ? GAPS[Math.min(failures, GAPS.length) - 1] : Math.max(0, Math.min(PAUSE, firstUnsaved + LONGEST - now)));
  };

  const save = () => {
    window.clearTimeout(timer);
    flight = flight || put().finally(() => {
      flight = null;
    });
    return flight;
  };

  const put = async () => {
    const mine = typed();
    if (choosing) return false;
    if (same(mine, base)) {
      if (failures) said();
      return true;
    }
    firstUnsaved = 0;
    state("saving");
    if (!failures) say(says.saving);
    try {
      await begin();
      return await heard(await send(mine), mine);
    } catch {
      return again(says.unsaved);
    }
  };

  const send = (mine, how = {}) => {
    const body = { hold_token: Number(form.elements.token.value), rating: mine.rating || null, summary: mine.summary, explanation: mine.explanation };
    const radio = radios.find((one) => one.dataset.slug === mine.rating);
    if (radio) body.scale = radio.dataset.scale;
    const seen = revision ? { "If-Match": `"${revision}"` } : { "If-None-Match": "*" };
    return ask(says.api, { method: "PUT", headers: { "Content-Type": "application/json", ...seen }, body: JSON.stringify(body), ...how });
  };

  const heard = async (answer, mine) => {
    if (answer.ok) return said(mine, (await answer.json()).revision);
    if (answer.status === 409) return lost(mine, await answer.json());
    // Somebody types on while the answer is under way: what stands in the form now is merged.
    if (answer.status === 412) return merge(await theirs(), typed());
    if (answer.status === 401) return again(says.signedOut, signIn());
    if (answer.status === 403) return renewed();
    if (answer.status === 400) return again(says.unsaved, (await answer.json()).errors[0].detail);
    return again(says.unsaved);
  };

  const settle = (mine, number) => {
    base = mine;
    revision = number;
    form.elements.revision.value = number;
    failures = 0;
    keep();
  };

  const said = (mine = base, number = revision) => {
    settle(mine, number);
    state("saved");
    say(`${says.saved} ${time()}`);
    window.htmx.trigger(document.body, "desk:changed");
    if (!same(typed(), base)) later(PAUSE);
    return true;
  };

  const again = (text, ...more) => {
    const gap = GAPS[Math.min(failures, GAPS.length - 1)];
    failures += 1;
    state("unsaved");
    say(text, ...more, `(${says.retry} ${gap / 1000} ${says.seconds})`);
    later(gap);
    return false;
  };

  const lost = (mine, body) => {
    if (!body.kept) return again(says.unsaved);
    settle(mine, body.draft.revision);
    state("lost");
    say(says.lost);
    lookAnew();
    return true;
  };

  // A new session has a new key: with it the next try passes.
  const renewed = async () => {
    const before = csrf();
    const status = await lookAnew();
    if (status === 401) return again(says.signedOut, signIn());
    if (isSomebodyElse()) return again(says.other);
    if (csrf() === before) return again(says.unsaved);
    const mine = typed();
    return heard(await send(mine), mine);
  };

  // --- Another window saved meanwhile ---

  const theirs = async () => {
    const body = await (await ask(says.api, { cache: "no-store" })).json();
    return { rating: body.rating ? body.rating.slug : "", summary: body.summary, explanation: body.explanation, revision: body.revision };
  };

  // What only one side changed is taken from there; where both did, a person chooses.
  const merge = async (other, mine, from = base) => {
    const merged = { ...mine };
    const open = [];
    for (const name of ["rating", "summary", "explanation"]) {
      if (mine[name] === from[name]) merged[name] = other[name];
      else if (name !== "rating" && other[name] !== from[name] && other[name] !== mine[name]) open.push(name);
    }
    const { revision: number, ...words } = other;
    if (same(words, mine)) return said(mine, number);
    fill(merged);
    if (open.length) return choose(words, number, merged, from);
    settle(words, number);
    say(says.merged);
    later(0);
    return true;
  };

  const choose = async (words, number, merged, from) => {
    const sent = new FormData();
    for (const name of ["summary", "explanation"]) {
      sent.set(`base_${name}`, from[name]);
      sent.set(`mine_${name}`, merged[name]);
    }
    copies.write(key, { base: from, mine: merged, revision });
    const answer = await ask(says.compare, { method: "POST", body: sent, headers: { "HX-Request": "true", Accept: "text/html" } });
    if (!answer.ok) return again(says.unsaved);
    choosing = true;
    const box = document.getElementById("differing");
    box.innerHTML = await answer.text();
    state("unsaved");
    say(says.two);
    box.addEventListener("click", (event) => chosen(event, words, number), { signal: (stop = new AbortController()).signal });
    // Not out of a field: the next letters would be lost, or be taken for keys.
    if (!form.contains(document.activeElement)) box.querySelector(".differing").focus();
    return false;
  };
  let stop = null;

  const chosen = (event, words, number) => {
    const button = event.target.closest("[data-choose]");
    if (!button) return;
    const part = button.closest("[data-field]");
    const name = part.dataset.field;
    if (button.dataset.choose === "theirs") fields[name].value = words[name];
    if (button.dataset.choose === "both") join(name, words[name]);
    part.remove();
    form.dispatchEvent(new Event("desk:filled"));
    const box = document.getElementById("differing");
    if (box.querySelector("[data-field]")) return;
    stop.abort();
    box.replaceChildren();
    choosing = false;
    settle(words, number);
    keep();
    fields[name].focus();
    save();
  };

  // A summary that would become too long goes in front of the explanation.
  const join = (name, other) => {
    const between = name === "summary" ? " " : "\n\n";
    const both = [other, fields[name].value].filter(Boolean).join(between);
    if (name === "summary" && both.length > MOST_SUMMARY) {
      fields.explanation.value = [other, fields.explanation.value].filter(Boolean).join("\n\n");
    } else {
      fields[name].value = both;
    }
  };

  // --- Coming back: after a crash, a closed tab, a reload ---

  let touched = false; // something was typed, or put back, since the page came
  const comeBack = () => {
    if (touched || choosing) return;
    const left = copies.leftBehind(`${place}:tab:`).filter((one) => one.left.mine);
    for (const one of left) if (same(one.left.mine, base)) copies.drop(one.name);
    const newest = left.find((one) => !same(one.left.mine, base));
    if (newest) takeBack(newest);
    else if (!same(typed(), base)) later(0);
  };

  const takeBack = ({ name, left }) => {
    touched = true;
    if (name !== key) copies.drop(name);
    if (left.revision !== revision) {
      copies.write(key, left);
      merge({ ...base, revision }, left.mine, left.base);
      return;
    }
    fill(left.mine);
    keep();
    say(says.restored);
    later(0);
  };

  const offerBefore = () => {
    const before = copies.read(replaced);
    const offer = document.getElementById("put-back");
    if (!before || same(before, typed())) return;
    offer.hidden = false;
    offer.querySelector("button").addEventListener("click", () => {
      fill(before);
      copies.drop(replaced);
      offer.hidden = true;
      keep();
      save();
    });
  };

  // --- Sending the form: only when all of it is saved ---

  let passed = false;
  const onSubmit = async (event) => {
    if (passed || event.defaultPrevented) return;
    event.preventDefault();
    const { target, submitter } = event;
    if (choosing || (flight && !(await flight)) || !(await save())) return;
    if (target !== form && submitter && submitter.value === "take") copies.write(replaced, typed());
    // A form that is still being submitted ignores a second call: let that come to its end first.
    await new Promise((done) => window.setTimeout(done));
    passed = true;
    target.requestSubmit(submitter);
    passed = false;
  };

  form.addEventListener("input", onInput);
  form.addEventListener("change", onInput);
  for (const one of document.querySelectorAll("#verdict-form, form[data-merges], .releases form")) one.addEventListener("submit", onSubmit);
  window.addEventListener("online", () => save());
  window.addEventListener("focus", () => failures && save());
  window.addEventListener("pagehide", () => {
    if (!choosing && !same(typed(), base)) send(typed(), { keepalive: true }).catch(() => {});
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "state") adopt();
  });
  window.addEventListener("pageshow", (event) => event.persisted && save());
  adopt();
  copies.lookAndLookAgain(comeBack);
  offerBefore();
})();

/* check-forms.js */
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

/* check-half-typed.js */
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

/* check-leftover.js */
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

/* check-presence.js */
// Who is at the check keeps it: while the page is seen and somebody moved, scrolled or pressed a key
// lately, the hold is renewed. A page that is left alone says when its hold ends, and lets it end.
(() => {
  "use strict";
  const says = document.getElementById("hold-ends");
  if (!says) return;
  const LATELY = 2 * 60 * 1000; // milliseconds since the last sign of somebody
  const LOOK = 5000;
  const FRESH = 3 / 4; // of the lease: above it there is nothing to renew
  const MOST_WARNING = 10 * 60 * 1000; // milliseconds before the end, or a quarter of a short lease
  const AGAIN = 20000; // milliseconds between two tries
  const title = document.title;
  const line = () => document.getElementById("state");

  let seenAt = Date.now(); // opening the page is a sign, too
  let triedAt = 0;
  let endsAt = 0;
  let at = "";

  const read = () => {
    endsAt = Date.now() + Number(line().dataset.left) * 1000;
  };

  const sign = (event) => {
    // A mouse that lies still moves in the eyes of some browsers when the page below it does.
    const where = event.type === "pointermove" ? `${event.screenX},${event.screenY}` : "";
    if (where && where === at) return;
    at = where || at;
    seenAt = Date.now();
    if (says.textContent) look();
  };

  const say = (text, flag = "") => {
    if (says.textContent !== text) says.textContent = text;
    document.title = flag ? `${flag} · ${title}` : title;
  };

  const renew = async () => {
    triedAt = Date.now();
    const { token, csrf } = line().dataset;
    const headers = { "Content-Type": "application/json", Accept: "application/json", "If-Match": "*", "X-CSRFToken": csrf };
    const body = JSON.stringify({ hold_token: Number(token) });
    await fetch(says.dataset.renew, { method: "POST", credentials: "same-origin", redirect: "error", headers, body }).catch(() => {});
    window.htmx.trigger("#state", "fresh");
  };

  const look = () => {
    if (line().dataset.holds !== "yes") return say(says.dataset.ended);
    const now = Date.now();
    const left = endsAt - now;
    const lease = Number(line().dataset.lease) * 1000;
    const isThere = !document.hidden && now - seenAt < LATELY;
    if (isThere && left > 0 && left < lease * FRESH && now - triedAt > AGAIN) renew();
    if (left <= 0) return say(says.dataset.ended);
    const { until: end } = line().dataset;
    if (isThere || left > Math.min(MOST_WARNING, lease / 4)) return say("");
    say(says.dataset.says.replace("TIME", end), says.dataset.title.replace("TIME", end));
  };

  for (const name of ["pointermove", "pointerdown", "keydown", "wheel", "touchmove"]) {
    document.addEventListener(name, sign, { passive: true, capture: true });
  }
  document.addEventListener("desk:line", () => (read(), look()));
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "state") {
      read();
      look();
    }
  });
  document.addEventListener("visibilitychange", look);
  window.setInterval(look, LOOK);
  read();
  look();
})();

/* check-text.js */
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

/* fresh.js */
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

/* keys.js */
// Keys: an element with data-key="x" is used by that key; "g q" is g, then q. A container with
// data-list gives j and k (and the arrows) to move among its elements with data-item. In a field
// hold Alt, as everywhere for people who turned single keys off. ? shows what there is.
(() => {
  "use strict";
  const PATIENCE = 1200; // milliseconds between two keys of one sequence
  const NEXT = ["j", "ArrowDown"];
  const PREVIOUS = ["k", "ArrowUp"];
  let typed = "";
  let typedAt = 0;

  const dialog = () => document.getElementById("keys");
  const openDialog = () => document.querySelector("dialog[open]");
  const isField = (el) =>
    el instanceof Element &&
    (el.isContentEditable ||
      el.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])"));

  const isThere = (el) =>
    el.getClientRects().length > 0 && !el.disabled && el.getAttribute("aria-disabled") !== "true" && !el.closest("[inert]");

  // What can be used now: inside an open dialog only what the dialog holds.
  const entries = () => {
    const within = openDialog() || document;
    return [...within.querySelectorAll("[data-key]")].filter(isThere);
  };

  // The character itself, whatever Alt makes of it on a Mac and Caps Lock of its case.
  const keyOf = (event) => {
    const letter = /^Key([A-Z])$/.exec(event.code);
    if (event.altKey && letter && !/^[a-z0-9]$/i.test(event.key)) return letter[1].toLowerCase();
    return event.shiftKey || event.key.length > 1 ? event.key : event.key.toLowerCase();
  };

  const labelOf = (el) =>
    (el.dataset.keyLabel || el.getAttribute("aria-label") || labelOfField(el) || el.textContent || "").replace(/\s+/g, " ").trim();

  const labelOfField = (el) => (el.labels && el.labels.length ? el.labels[0].textContent : "");

  const use = (el) => {
    if (el.type === "radio") {
      // A rating is chosen by its owner: the key only leads there.
      (document.querySelector(`input[name="${CSS.escape(el.name)}"]:checked`) || el).focus();
    } else if (isField(el)) {
      el.focus();
      if (el.select) el.select();
    } else if (el.matches("a, button, summary, label, input, [role=button], [role=tab]")) {
      el.click();
    } else {
      el.focus();
    }
  };

  // Use what the key, or the keys typed so far, stand for; return whether there is or may be one.
  const pressed = (event, key) => {
    const known = entries();
    const begun = Date.now() - typedAt < PATIENCE ? typed : "";
    typed = "";
    typedAt = Date.now();
    for (const keys of begun ? [`${begun} ${key}`, key] : [key]) {
      const hit = known.find((el) => el.dataset.key === keys);
      const more = known.some((el) => el.dataset.key.startsWith(`${keys} `));
      if (!hit && !more) continue;
      event.preventDefault();
      if (hit) use(hit);
      else typed = keys;
      return true;
    }
    return false;
  };

  // --- Moving in lists ---

  const move = (event, key) => {
    const step = NEXT.includes(key) ? 1 : PREVIOUS.includes(key) ? -1 : 0;
    const focused = document.activeElement;
    const list = (focused && focused.closest("[data-list]")) || document.querySelector("[data-list]");
    // The arrows scroll the page unless the list has the focus already.
    if (!step || !list || openDialog() || (key.length > 1 && !list.contains(focused))) return;
    const items = [...list.querySelectorAll("[data-item]")].filter(isThere);
    const at = items.findIndex((el) => el === focused || el.contains(focused));
    const next = items[at < 0 ? (step > 0 ? 0 : items.length - 1) : at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };

  // --- The list of keys ---

  const row = (keys, label) => {
    const line = document.createElement("tr");
    const cell = document.createElement("th");
    cell.scope = "row";
    keys.forEach((key, at) => {
      if (at) cell.append(` ${dialog().dataset.then} `);
      const cap = document.createElement("kbd");
      cap.textContent = key;
      cell.append(cap);
    });
    const said = document.createElement("td");
    said.textContent = label;
    line.append(cell, said);
    return line;
  };

  const fill = () => {
    const says = dialog().dataset;
    const lines = [];
    const seen = new Set();
    for (const el of document.querySelectorAll("[data-key]")) {
      if (!isThere(el) || seen.has(el.dataset.key) || dialog().contains(el)) continue;
      seen.add(el.dataset.key);
      lines.push(row(el.dataset.key.split(" "), labelOf(el)));
    }
    if (document.querySelector("[data-list] [data-item]")) {
      lines.push(row([NEXT[0]], says.next), row([PREVIOUS[0]], says.previous));
    }
    lines.push(row(["Esc"], says.leave));
    dialog().querySelector("tbody").replaceChildren(...lines);
  };

  const showKeys = () => {
    if (!dialog() || openDialog()) return;
    fill();
    dialog().showModal();
    dialog().scrollTop = 0; // the button that has the focus is at its end
  };

  // --- Listening ---

  const leave = (event) => {
    if (openDialog() || !isField(event.target)) return;
    event.preventDefault(); // a search field would be emptied
    event.target.blur();
  };

  const onKey = (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") return leave(event);
    const mustHold = isField(event.target) || document.body.dataset.singleKeys === "off";
    if (event.altKey !== mustHold || ["Shift", "Alt", "AltGraph"].includes(event.key)) return;
    const key = keyOf(event);
    if (!pressed(event, key)) move(event, key);
  };

  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener && opener.dataset.opens === "keys") showKeys();
  });
})();

/* proof.js */
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
