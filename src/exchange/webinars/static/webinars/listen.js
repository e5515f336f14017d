// Brings the sound back when it stops, fetches new addresses, and plays earlier minutes one by one.
// Where it can it feeds the player itself: alone that waits for 32 kB, half a minute of sound.
// Words come as data-* of the audio element. Without it the plain player and links do.
(() => {
  "use strict";
  const audio = document.querySelector("#sound audio");
  if (!audio) return;
  const TYPE = "audio/webm; codecs=opus";
  const say = audio.dataset;
  const part = (id) => document.getElementById("sound" + id);
  const feeds = window.MediaSource?.isTypeSupported(TYPE);
  const opus = audio.canPlayType("audio/ogg; codecs=opus") === "probably" ? "opus" : "mp3";
  let wish = 0; // somebody wants to hear
  let minute = 0; // the earlier minute that plays; 0: now
  let wait = 1000;
  let place = -1;
  let still = 0;
  let busy = 0;
  let timer;
  let line;
  const tell = (words) => (part("-says").textContent = words);
  const once = (one, name) => new Promise((done) => one.addEventListener(name, done, { once: true }));

  function play(address) {
    line?.abort();
    line = new AbortController();
    busy = Date.now();
    place = still = 0;
    audio.src = address;
    audio.play().catch(() => 0);
  }

  async function feed(address) {
    const source = new MediaSource();
    const opened = once(source, "sourceopen");
    play(URL.createObjectURL(source));
    const mine = line;
    try {
      await opened;
      const into = source.addSourceBuffer(TYPE);
      into.mode = "sequence";
      const answer = await fetch(address, { signal: mine.signal, cache: "no-store" });
      const reader = answer.body.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done || !answer.ok) throw 0;
        into.appendBuffer(value);
        await once(into, "updateend");
        if (audio.currentTime > 90) {
          into.remove(0, audio.currentTime - 30);
          await once(into, "updateend");
        }
      }
    } catch {
      if (mine === line && !mine.signal.aborted) broken();
    }
  }

  async function live() {
    minute = 0;
    part("-now").hidden = true;
    clearTimeout(timer);
    let status;
    try {
      const answer = await fetch(say.ticket, { cache: "no-store" });
      status = answer.status;
      const { url, ticket } = await answer.json();
      if (!wish || minute) return;
      if (feeds) feed(`${url}.webm?t=${ticket}`);
      else play(`${url}.${opus}?t=${ticket}`);
    } catch {
      tell(status === 404 ? say.off : say.lost);
      again(status === 404 ? 15000 : 0);
    }
  }

  function again(time) {
    clearTimeout(timer);
    timer = setTimeout(() => wish && live(), time || wait + Math.random() * 500);
    wait = Math.min(wait * 2, 8000);
  }

  function earlier(number) {
    minute = number;
    wish = 1;
    part("-now").hidden = false;
    tell(`${say.late} ${number}`);
    play(say.minute.replace("/0.mp3", `/${number}.${opus}`));
  }

  function broken() {
    if (!wish) return;
    if (minute && audio.ended) return earlier(minute + 1);
    if (minute) return live();
    tell(say.lost);
    again(0);
  }

  const now = () => {
    wish = 1;
    live();
  };
  audio.addEventListener("play", () => wish || now());
  audio.addEventListener("pause", () => {
    if (Date.now() - busy < 500 || audio.ended || audio.error) return;
    wish = 0;
    if (!minute) line?.abort();
  });
  audio.addEventListener("playing", () => minute || tell(say.now));
  audio.addEventListener("ended", broken);
  audio.addEventListener("error", broken);
  part("-now").addEventListener("click", now);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-since]");
    if (!link) return;
    event.preventDefault();
    earlier(+link.dataset.since);
    part("").scrollIntoView({ block: "center" });
  });
  // The live page hears of it first.
  document.addEventListener("exchange:sound", ({ detail }) => {
    part("").hidden = false;
    if (detail.on && wish && !minute) live();
    else tell(detail.on ? "" : say.off);
  });
  setInterval(() => {
    if (!wish || minute || audio.paused) return;
    still = audio.currentTime === place ? still + 1 : 0;
    place = audio.currentTime;
    if (!still) wait = 1000;
    else if (still % (feeds ? 5 : 40) === 0) broken();
  }, 1000);
  if (feeds) audio.src = URL.createObjectURL(new MediaSource());
  if (!say.on) tell(say.off);
  part("").hidden = false;
})();
