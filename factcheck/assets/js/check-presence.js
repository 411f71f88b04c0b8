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
