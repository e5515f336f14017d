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
// A sign that there is something new. What it is about never stands on a lock screen.
self.addEventListener("push", (event) => {
  let told = { title: "The Exchange", body: "" };
  try {
    told = { ...told, ...event.data.json() };
  } catch {}
  event.waitUntil(self.registration.showNotification(told.title, { body: told.body, tag: "new", icon: "/mark.svg" }));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(home));
});
