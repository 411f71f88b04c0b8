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
