// Never needed, kind when it runs: keeps what is being written on this phone and, for members, on
// the server; shows what was asked before; copies; lets a form be sent once. Words come as data-*
// of the script's own tag (components/script.html).
(() => {
  "use strict";
  const say = document.currentScript.dataset;
  const prefix = document.documentElement.lang === "en" ? "" : "/" + document.documentElement.lang;
  const DAY = 864e5;
  const later = (wait, act) => {
    let timer;
    return (...given) => {
      clearTimeout(timer);
      timer = setTimeout(act, wait, ...given);
    };
  };
  const store = {
    get(key) {
      try {
        const kept = JSON.parse(localStorage.getItem(key));
        return kept && Date.now() - kept.at < (kept.sent ? DAY : 30 * DAY) ? kept : null;
      } catch {
        return null;
      }
    },
    set(key, kept) {
      try {
        localStorage.setItem(key, JSON.stringify({ ...kept, at: Date.now() }));
        return true;
      } catch {
        return false;
      }
    },
  };
  const typed = (form) =>
    [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  const boxes = (form) => [...form.querySelectorAll("textarea, input[type=text]")];

  function fill(form, kept) {
    const left = [...kept.fields];
    for (const field of form.elements) {
      if (!field.name || field.name === "csrfmiddlewaretoken") continue;
      const values = left.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (field.multiple) for (const one of field.options) one.selected = values.includes(one.value);
      else if (values.length && field.type !== "submit") field.value = values[0];
    }
    form.dataset.keep = kept.key;
  }

  function keep(form) {
    // A form with a name of its own is known by it; a fresh one by the page it stands on.
    const named = /^(answer|revise)-/.test(form.dataset.keep);
    // Each person has their own on a shared phone; a visitor's words pass to whoever signs in.
    const place = named ? form.dataset.keep : location.pathname.slice(prefix.length);
    const key = `kept:${say.who}:${place}`;
    const line = form.querySelector("[data-kept]") || form.appendChild(document.createElement("p"));
    const tell = (words, act) => {
      line.textContent = words + " ";
      if (!act) return;
      const button = Object.assign(document.createElement("button"), { type: "button", className: "plain" });
      button.textContent = say.back;
      button.onclick = act;
      line.append(button);
    };
    let version = "";
    let refused = !say.who;
    let gone = false; // sent: a late note must not bring the words back as unsent
    let dirty = false;

    const send = later(4000, async () => {
      if (refused || !navigator.onLine) return;
      const body = new URLSearchParams([...typed(form), ["kind", form.dataset.kind], ["version", version]]);
      body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      try {
        const answer = await fetch(`/drafts/${encodeURIComponent(form.dataset.keep)}/`, { method: "POST", body });
        refused = !answer.ok;
        version = answer.headers.get("X-Draft-Version") || version;
        if (answer.ok) tell(say.both);
        if (answer.status === 409) tell(say.newer);
      } catch {
        tell(say.kept);
      }
    });
    const note = later(500, () => {
      if (gone) return;
      if (store.set(key, { key: form.dataset.keep, fields: typed(form) })) tell(say.kept);
      dirty = true;
      send();
    });

    const kept = store.get(key) || store.get("kept::" + place);
    const untouched = boxes(form).every((box) => !box.value || box.value === box.defaultValue);
    const empty = boxes(form).every((box) => !box.defaultValue) || named;
    if (kept && untouched && empty) {
      const back = () => {
        fill(form, kept);
        tell(say.restored);
      };
      if (kept.sent) tell(say.sent, back);
      else back();
    }
    form.addEventListener("input", () => {
      gone = false;
      note();
    });
    addEventListener("online", () => dirty && send());
    form.addEventListener("submit", () => {
      gone = refused = true;
      store.set(key, { key: form.dataset.keep, fields: typed(form), sent: true });
    });
  }

  function similar(place) {
    if (navigator.connection && navigator.connection.saveData) return;
    const box = place.closest("form").querySelector("[name=title]");
    let last = "";
    const ask = later(900, async () => {
      const text = box.value.trim().slice(0, 300);
      if (text.length < (place.dataset.least || 12) || text === last) return;
      last = text;
      try {
        const answer = await fetch(`${prefix}${place.dataset.similar || "/search/similar"}?text=${encodeURIComponent(text)}`);
        if (answer.ok) place.innerHTML = await answer.text();
      } catch {} // without a line there is nothing to show
    });
    box.addEventListener("input", ask);
  }

  function copy(button) {
    button.hidden = !navigator.clipboard;
    button.onclick = async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
      button.textContent = say.copied;
    };
  }

  const each = (what, act) => document.querySelectorAll(what).forEach(act);
  each("form[data-keep]", keep);
  each("[data-similar]", similar);
  each("[data-copy]", copy);
  // The page left behind is not in the way back.
  each("[data-leave]", (link) => (link.onclick = (event) => (event.preventDefault(), location.replace(link.href))));

  const buttons = (form, off) => form.querySelectorAll("button").forEach((one) => (one.disabled = off));
  document.addEventListener("submit", (event) => {
    // After the browser has gathered the form, so that the pressed button's value is sent too.
    if (event.target.method === "post") setTimeout(() => !event.defaultPrevented && buttons(event.target, true));
  });
  addEventListener("pageshow", (event) => event.persisted && each("form", (form) => buttons(form, false)));
  // The same address from every page: another one would be another worker, in place of the first.
  if (navigator.serviceWorker) navigator.serviceWorker.register("/sw.js");
})();
