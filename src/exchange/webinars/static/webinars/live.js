// The live page: hears what is new and shows it as text; forms go without leaving the page.
(() => {
  const $ = (id) => document.getElementById(id);
  const page = $("live");
  const say = document.currentScript.dataset;
  const { base, lane } = page.dataset;
  const saving = (navigator.connection || {}).saveData;
  const each = (where, what, act) => where.querySelectorAll(what).forEach(act);
  const later = (ms) => new Promise((go) => setTimeout(go, ms * (0.8 + Math.random() / 2)));
  let seq = +page.dataset.seq;
  let retry = 3000;
  let misses = 0;

  let telling;
  const tell = (words) => {
    clearTimeout(telling);
    if (words) telling = setTimeout(() => ($("news").textContent = words), 900);
  };

  const put = (row, event) => {
    each(row, "[data-is]", (one) => {
      const words = event[one.dataset.is];
      one.innerText = words;
      one.hidden = words === "";
      if (event.lang) [one.lang, one.dir] = [event.lang, "auto"];
    });
    each(row, "[data-if]", (one) => (one.hidden = one.dataset.if !== event.state));
    return row;
  };
  const fresh = (kind, event) => {
    const row = $("t-" + kind).content.firstElementChild.cloneNode(true);
    row.id = `${kind}-${event.id}`;
    each(row, "[data-to]", (one) => one.setAttribute(one.href ? "href" : "formaction", base + one.dataset.to.replace(0, event.id)));
    return put(row, event);
  };
  const add = (list, most) => (event) => {
    if ($(`${event.k}-${event.id}`)) return;
    $(list).append(fresh(event.k, event));
    while ($(list).children.length > most) $(list).firstChild.remove();
  };
  const gone = (event) => {
    const row = $(`${event.k.slice(0, -5)}-${event.id}`);
    if (row) row.remove();
  };
  const press = (button, on) => {
    button.setAttribute("aria-pressed", on);
    button.classList.toggle("quiet", !on);
    if (button.name !== "choice") button.value = on ? 0 : 1;
  };
  const counts = (poll, numbers) => poll && numbers && each(poll, "b", (one, at) => (one.textContent = numbers[at]));
  const changed = () => {
    tell(say.phase);
    later(2e4).then(() => location.reload()); // what is typed is kept
  };

  const act = {
    line: add("lines", 12),
    chat: add("chat", 30),
    "line-gone": gone,
    "chat-gone": gone,
    "question-gone": gone,
    question(event) {
      const old = $("question-" + event.id);
      const row = fresh("question", event);
      row.dataset.votes = event.votes;
      const pressed = old && old.querySelector("[aria-pressed=true]");
      if (pressed) press(row.querySelector("button"), true);
      if (old) return old.replaceWith(row); // nothing moves under a finger
      each(page, "#wall-empty", (one) => one.remove());
      const wall = $("wall");
      wall.insertBefore(row, [...wall.children].find((one) => one.dataset.votes < event.votes) || null);
      tell(say.question);
    },
    tally({ votes, polls, people }) {
      for (const id in votes) {
        const row = $("question-" + id);
        if (row) row.querySelector("[data-is=votes]").textContent = row.dataset.votes = votes[id];
      }
      for (const id in polls) counts($("poll-" + id), polls[id]);
      if (people) $("people").textContent = people;
    },
    poll(event) {
      let poll = $("poll-" + event.id);
      if (!poll) {
        poll = fresh("poll", event);
        poll.action = `${base}polls/${event.id}/`;
        event.choices.forEach((text, at) => {
          const one = fresh("choice", { text, id: event.id + "-" + at });
          one.value = at;
          poll.lastElementChild.append(one);
        });
        $("polls").prepend(poll);
      }
      each(poll, "button:not([data-never])", (one) => (one.disabled = event.state !== "open"));
      counts(poll, event.counts);
    },
    slide(event) {
      const box = put($("slide"), event);
      const details = box.lastElementChild;
      const picture = details.lastElementChild;
      box.hidden = !event.n;
      details.open = false;
      details.hidden = !event.picture;
      details.querySelector("bdi").textContent = Math.ceil(event.bytes / 1000) + " kB";
      picture.src = event.picture;
      picture.alt = event.title;
    },
    doors(doors) {
      for (const name in doors) each(page, `[data-door=${name}]`, (one) => (one.hidden = !doors[name]));
    },
    word: (event) => put($("word"), event),
    fate: ({ state }) => tell(say[state]),
    called: () => tell(say.called),
    sound: ({ on }) => act.doors({ sound: on }),
    lane: () => tell(say.lane),
    phase: changed,
    moved: changed,
  };
  const apply = (event) => act[event.k] && act[event.k](event);

  // Read by hand, so that silence is noticed.
  async function listen() {
    const { url, ticket } = await (await fetch(base + "ticket/")).json();
    const stop = new AbortController();
    let alarm;
    const alive = () => {
      clearTimeout(alarm);
      alarm = setTimeout(() => stop.abort(), 6e4);
    };
    alive();
    try {
      const answer = await fetch(`${url}?t=${ticket}&after=${seq}&lanes=${lane}`, { signal: stop.signal });
      if (!answer.ok) throw answer;
      const reader = answer.body.getReader();
      const decoder = new TextDecoder();
      let rest = "";
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        alive();
        if (misses) tell(say.live);
        misses = 0;
        const parts = (rest + decoder.decode(value, { stream: true })).split("\n\n");
        rest = parts.pop();
        parts.forEach(take);
      }
    } finally {
      clearTimeout(alarm);
    }
  }
  function take(part) {
    const said = {};
    for (const [, name, words] of part.matchAll(/^(\w+): ?(.*)$/gm)) said[name] = words;
    retry = said.retry || retry;
    if (said.id <= seq) return;
    if (said.data) apply(JSON.parse(said.data));
    seq = +said.id || seq;
  }

  async function look() {
    const news = await (await fetch(`${base}state/?since=${seq}&lane=${lane}`)).json();
    if (news.again) return changed();
    news.events.forEach(apply);
    seq = news.seq;
    if (news.more) await look();
  }

  (async () => {
    for (let round = 0; ; round++) {
      const looking = saving || (misses > 2 && round % 8);
      try {
        await (looking ? look() : listen());
      } catch {
        if (++misses > 1) tell(say.off);
      }
      await later(looking ? 37e3 : retry);
    }
  })();

  // What is typed stays on this phone until it has arrived.
  const store = (form, words) => {
    try {
      if (words === undefined) return localStorage[form.id + base];
      localStorage[form.id + base] = words;
    } catch {}
  };
  each(page, "form[id][hidden]", (form) => {
    const box = form.elements.text;
    form.hidden = false;
    $(form.id + "-way").hidden = true;
    box.value = box.value || store(form) || "";
    box.oninput = () => store(form, box.value);
  });
  function accepted(form, button) {
    if (form.id && form.elements.text) {
      store(form, (form.elements.text.value = ""));
      form.elements.once_key.value = Math.random() + "-" + Date.now();
    } else if (button.name === "choice") each(form, "button", (one) => press(one, one === button));
    else press(button, button.value === "1");
  }
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const button = event.submitter;
    if (!button || form.dataset.send !== "") return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    body.append(button.name, button.value);
    button.disabled = true;
    try {
      const to = button.getAttribute("formaction") || form.getAttribute("action");
      const answer = await fetch(to, { method: "POST", body, headers: { Accept: "application/json" } });
      const said = await answer.json();
      tell(said.words);
      if (said.ok) accepted(form, button);
      else if (said.noticed) {
        form.dataset.send = "plain";
        button.disabled = false;
        form.requestSubmit(button);
      }
    } catch {
      tell(say.kept);
    }
    button.disabled = false;
  });
})();
