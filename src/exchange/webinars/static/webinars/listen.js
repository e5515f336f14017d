// Brings the sound back when it stops, fetches new addresses, and plays earlier minutes one by one.
// Words come as data-* of the audio element. Without it the plain player and links do.
(() => {
  "use strict";
  const audio = document.querySelector("#sound audio");
  if (!audio) return;
  const say = audio.dataset;
  const box = document.getElementById("sound");
  const says = document.getElementById("sound-says");
  const back = document.getElementById("sound-now");
  const kind = audio.canPlayType("audio/ogg; codecs=opus") === "probably" ? "opus" : "mp3";
  let wish = 0; // somebody wants to hear
  let minute = 0; // the earlier minute that plays; 0: now
  let wait = 1000;
  let timer = 0;
  let place = -1;
  let still = 0;
  let busy = false;
  let fresh = say.on ? Date.now() : 0; // since when the address is good; a pause makes it old

  function play(address) {
    busy = true;
    audio.src = address;
    place = -1;
    still = 0;
    audio.play().catch(() => 0);
    setTimeout(() => (busy = false), 300);
  }

  async function live() {
    minute = 0;
    back.hidden = true;
    clearTimeout(timer);
    let status = 0;
    try {
      const answer = await fetch(say.ticket, { cache: "no-store" });
      status = answer.status;
      const { url, ticket } = await answer.json();
      if (!wish) return;
      fresh = Date.now();
      return play(`${url}.${kind}?t=${ticket}`);
    } catch {
      says.textContent = status === 404 ? say.off : say.lost;
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
    back.hidden = false;
    says.textContent = `${say.late} ${number}`;
    play(say.minute.replace("/0.mp3", `/${number}.${kind}`));
  }

  audio.addEventListener("play", () => {
    if (busy || wish) return;
    wish = 1;
    if (!minute && Date.now() - fresh > 5e5) live();
  });
  audio.addEventListener("pause", () => {
    if (!busy && !audio.ended && !audio.error) wish = fresh = 0;
  });
  audio.addEventListener("playing", () => {
    if (!minute) says.textContent = say.now;
  });
  const broken = () => {
    if (!wish) return;
    if (minute && audio.ended) return earlier(minute + 1);
    if (minute) return live();
    says.textContent = say.lost;
    again(0);
  };
  audio.addEventListener("ended", broken);
  audio.addEventListener("error", broken);
  back.addEventListener("click", () => ((wish = 1), live()));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-since]");
    if (!link) return;
    event.preventDefault();
    earlier(Number(link.dataset.since));
    box.scrollIntoView({ block: "center" });
  });
  // The live page hears of it first.
  document.addEventListener("exchange:sound", ({ detail }) => {
    box.hidden = false;
    if (detail.on && wish && !minute) live();
    else says.textContent = detail.on ? "" : say.off;
  });
  setInterval(() => {
    if (!wish || busy || audio.paused || minute) return;
    still = audio.currentTime === place ? still + 1 : 0;
    if (!still) wait = 1000;
    place = audio.currentTime;
    if (still < 5) return;
    still = 0;
    says.textContent = say.lost;
    again(0);
  }, 1000);
  if (!say.on) says.textContent = say.off;
  box.hidden = false;
})();
