// The pages of the team: hears that something changed and shows the page anew, where one was.
// Without it the page looks again by itself every half minute.
(() => {
  const $ = (id) => document.getElementById(id);
  const later = (ms) => new Promise((go) => setTimeout(go, ms * (0.8 + Math.random() / 2)));
  const ours = /^(waiting|waiting-gone|question|question-gone|chat|chat-gone|hand|phase|doors|poll|moved|word|slide|tally)$/;
  let seq = +$("team").dataset.seq;
  let soon;

  // While somebody types, nothing is taken from under their hands.
  const busy = () =>
    [...$("team").querySelectorAll("textarea, input[type=text]")].some((one) => one === document.activeElement || one.value !== one.defaultValue);
  async function show() {
    if (busy()) return again();
    const answer = await fetch(location.pathname + location.search);
    if (!answer.ok || busy()) return;
    const read = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = read.getElementById("team");
    if (!fresh) return location.reload();
    const old = $("team");
    const open = [...old.querySelectorAll("details[open][id]")].map((one) => one.id);
    const at = document.activeElement;
    const value = at && at.value;
    const top = [...old.querySelectorAll("[id]")].find((one) => one.getBoundingClientRect().top >= 0);
    const from = top && top.getBoundingClientRect().top;
    old.replaceWith(fresh);
    document.title = read.title;
    open.forEach((id) => $(id) && ($(id).open = true));
    if (at && at.name === "deed") {
      const same = [...fresh.querySelectorAll("button[name=deed]")].find((one) => one.value === value);
      (same || fresh.querySelector("button[name=deed]") || fresh).focus({ preventScroll: true });
    }
    // What one was reading stays under one's eyes.
    if (top && $(top.id)) scrollBy(0, $(top.id).getBoundingClientRect().top - from);
  }
  const again = () => {
    clearTimeout(soon);
    soon = setTimeout(() => show().catch(again), 700);
  };

  async function listen() {
    const { url, ticket } = await (await fetch($("team").dataset.ticket)).json();
    await new Promise((end) => {
      const line = new EventSource(`${url}?t=${ticket}&after=${seq}`);
      line.onmessage = ({ data, lastEventId }) => {
        seq = +lastEventId || seq;
        if (data && ours.test(JSON.parse(data).k)) again();
      };
      line.onerror = () => {
        line.close();
        end();
      };
    });
  }
  (async () => {
    for (;;) {
      await listen().catch(() => {});
      again();
      await later(5000);
    }
  })();

  // One tap, without leaving the page.
  document.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!button || button.name !== "deed" || !$("team").contains(button)) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(event.target));
    body.set("deed", button.value);
    button.disabled = true;
    try {
      const answer = await fetch(location.pathname, { method: "POST", body, headers: { Accept: "application/json" } });
      const said = await answer.json();
      $("said").textContent = said.words;
      button.disabled = false;
      await show();
    } catch {
      button.disabled = false;
      $("said").textContent = $("said").dataset.off;
    }
  });
})();
