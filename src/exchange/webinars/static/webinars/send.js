// Sends the microphone, or the sound of a shared tab, a second at a time. Nothing is lost without
// being said: two minutes wait here while the line is away. Words come as data-* of the script's tag.
(() => {
  "use strict";
  const say = document.currentScript.dataset;
  const box = document.getElementById("send");
  if (!box) return;
  const part = (id) => document.getElementById(id);
  const form = box.querySelector("form");
  const tell = (words, more = "") => (part("send-says").textContent = words + (more ? " " + more : ""));
  const MOST = 120;
  const TYPE = "audio/webm;codecs=opus";
  let now = null; // what is being sent: {token, to, number, queue, stream, recorder, sent, dropped}

  box.hidden = false;
  const devices = navigator.mediaDevices;
  if (!devices || !window.MediaRecorder || !MediaRecorder.isTypeSupported(TYPE)) {
    form.hidden = true;
    return tell(say.unable);
  }
  if (devices.getDisplayMedia) form.elements.from[1].hidden = false;

  async function captured(from) {
    if (from === "tab") return devices.getDisplayMedia({ audio: true, video: true });
    const wish = { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    return devices.getUserMedia({ audio: wish });
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const from = event.submitter?.value || "mic";
    let stream;
    try {
      stream = await captured(from);
    } catch {
      return tell(say.refused);
    }
    if (!stream.getAudioTracks().length) {
      stream.getTracks().forEach((track) => track.stop());
      return tell(say.nosound);
    }
    if (now) stop();
    try {
      const answer = await fetch(box.dataset.to, { method: "POST", body: new FormData(form) });
      if (!answer.ok) throw answer.status;
      const told = await answer.json();
      begin(stream, told);
    } catch (problem) {
      stream.getTracks().forEach((track) => track.stop());
      tell(problem === 409 ? say.notnow : say.lost, problem === 409 ? "" : "0");
    }
  });

  function begin(stream, { token, to }) {
    const sound = new MediaStream(stream.getAudioTracks());
    now = { token, to, stream, sound, number: 0, queue: [], sent: 0, dropped: 0, live: true };
    const mine = now;
    sound.getAudioTracks()[0].addEventListener("ended", () => mine === now && stop(say.stopped));
    record(mine);
    measure(mine);
    upload(mine);
    part("send-on").hidden = part("send-end").hidden = false;
    if (part("holder")) part("holder").hidden = true;
    tell(say.sending);
    navigator.wakeLock?.request("screen").catch(() => 0);
  }

  // A new recorder begins a new container, which the other side can begin to read anywhere.
  function record(mine) {
    mine.recorder = new MediaRecorder(mine.sound, { mimeType: TYPE, audioBitsPerSecond: 24000 });
    const recorder = mine.recorder;
    recorder.addEventListener("dataavailable", ({ data }) => {
      if (!data.size || !mine.live || recorder !== mine.recorder) return;
      mine.queue.push(data);
      if (mine.queue.length > MOST) {
        mine.dropped += mine.queue.length;
        mine.queue = [];
        record(mine);
        recorder.stop();
      }
      show(mine);
    });
    recorder.start(1000);
  }

  const pause = (time) => new Promise((done) => setTimeout(done, time));

  async function upload(mine) {
    let wait = 500;
    while (mine.live) {
      if (!mine.queue.length) {
        await pause(100);
        continue;
      }
      const data = mine.queue[0];
      const status = await post(mine, data);
      if (status === 204) {
        if (mine.queue[0] === data) mine.queue.shift();
        mine.number += 1;
        mine.sent += 1;
        mine.away = false;
        wait = 500;
      } else if (mine.live && [403, 409, 410].includes(status)) {
        return stop({ 403: say.old, 409: say.taken, 410: say.over }[status]);
      } else {
        mine.away = true;
        await pause(wait + Math.random() * 300);
        wait = Math.min(wait * 2, 8000);
      }
      if (mine.live) show(mine);
    }
  }

  async function post(mine, data) {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), 15000);
    try {
      const headers = { "X-Sending": mine.token, "Content-Type": "application/octet-stream" };
      const asked = { method: "POST", headers, body: data, signal: late.signal, cache: "no-store" };
      return (await fetch(mine.to + mine.number + "/", asked)).status;
    } catch {
      return 0;
    } finally {
      clearTimeout(timer);
    }
  }

  function show(mine) {
    const waiting = mine.queue.length;
    part("send-count").textContent = say.sent + " " + mine.sent;
    part("send-wait").textContent = mine.dropped ? say.dropped + " " + mine.dropped : "";
    if (mine.away) tell(say.lost, waiting);
    else if (waiting > 5) tell(say.slow, waiting);
    else tell(mine.hushed ? say.silent : say.sending);
  }

  function measure(mine) {
    const context = new (window.AudioContext || window.webkitAudioContext)();
    const listener = context.createAnalyser();
    listener.fftSize = 1024;
    context.createMediaStreamSource(mine.sound).connect(listener);
    const samples = new Uint8Array(listener.fftSize);
    let calm = 0;
    const timer = setInterval(() => {
      if (!mine.live) {
        clearInterval(timer);
        return context.close();
      }
      listener.getByteTimeDomainData(samples);
      const peak = Math.max(...samples.map((one) => Math.abs(one - 128))) / 1.28;
      part("loud").value = peak;
      calm = peak < 8 ? calm + 1 : 0;
      const words = peak > 92 ? say.loud : calm > 15 ? say.quiet : say.good;
      if (part("loud-says").textContent !== words) part("loud-says").textContent = words;
    }, 200);
  }

  part("hush").addEventListener("click", ({ target }) => {
    if (!now) return;
    now.hushed = !now.hushed;
    now.sound.getAudioTracks().forEach((track) => (track.enabled = !now.hushed));
    target.setAttribute("aria-pressed", String(now.hushed));
    show(now);
  });

  function stop(words = "") {
    const mine = now;
    if (!mine) return;
    now = null;
    mine.live = false;
    if (mine.recorder.state !== "inactive") mine.recorder.stop();
    mine.stream.getTracks().forEach((track) => track.stop());
    part("send-on").hidden = true;
    if (words) tell(words);
  }

  addEventListener("beforeunload", (event) => now?.queue.length && event.preventDefault());
})();
