// Keeps one page in each language that is read, for when the line is gone. Pages people read are
// never kept: a text that is taken back must be gone from every copy.
// One script for all languages, and a new one waits until the old one's pages are closed: where
// workers change amid the loading of pages, Chromium can let the next page wait for minutes.
const DAY = 864e5;
const home = (address) => new URL(address).pathname.match(/^\/(?:(?:fr|sw|ar|es|pt)\/)?/)[0];
const spare = (address) => home(address) + "offline/";

async function keep(page) {
  const shell = await caches.open("shell");
  const kept = await shell.match(page);
  if (!kept || !(Date.now() - new Date(kept.headers.get("Date")) < DAY)) await shell.add(page);
}
async function kept(page) {
  const shell = await caches.open("shell");
  return (await shell.match(page)) || shell.match((await shell.keys())[0] || page);
}

self.addEventListener("install", (event) => {
  const all = clients.matchAll({ type: "window", includeUncontrolled: true });
  event.waitUntil(all.then((open) => Promise.all([...new Set(open.map((one) => spare(one.url)))].map(keep))));
});
self.addEventListener("activate", (event) => event.waitUntil(clients.claim()));
self.addEventListener("fetch", (event) => {
  const { mode, method, url } = event.request;
  if (mode !== "navigate" || method !== "GET") return;
  const page = spare(url);
  const answer = fetch(event.request);
  event.respondWith(answer.catch(() => kept(page)));
  event.waitUntil(answer.then(() => keep(page)).catch(() => {}));
});
// A sign that there is something new. What it is about never stands on a lock screen.
self.addEventListener("push", (event) => {
  let told = { title: "The Exchange", body: "", home: "/" };
  try {
    told = { ...told, ...event.data.json() };
  } catch {}
  const { title, body, home } = told;
  event.waitUntil(self.registration.showNotification(title, { body, tag: "new", icon: "/mark.svg", data: home }));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(clients.openWindow(event.notification.data || "/"));
});
