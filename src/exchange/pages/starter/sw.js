// Keeps one page for when the line is gone. Pages people read are never kept: a text that is
// taken back must be gone from every copy.
const home = "/" + (location.search.slice(1) || "");
const page = home + (home === "/" ? "" : "/") + "offline/";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open("shell").then((shell) => shell.add(page)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate" || event.request.method !== "GET") return;
  event.respondWith(fetch(event.request).catch(() => caches.match(page)));
});
