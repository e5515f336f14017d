// On the page of other ways than mail alone: asks the browser for its address and keys.
(() => {
  "use strict";
  const form = document.getElementById("device");
  if (!form || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
  form.hidden = false;
  document.getElementById("no-push").hidden = true;
  const bytes = (words) =>
    Uint8Array.from(atob(words.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const words = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  form.addEventListener("submit", async (event) => {
    if (form.endpoint.value) return;
    event.preventDefault();
    try {
      const worker = await navigator.serviceWorker.ready;
      const told = await worker.pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: bytes(form.dataset.key),
      });
      form.endpoint.value = told.endpoint;
      form.key.value = words(told.getKey("p256dh"));
      form.secret.value = words(told.getKey("auth"));
      form.submit();
    } catch {
      document.getElementById("push-refused").hidden = false;
    }
  });
})();
