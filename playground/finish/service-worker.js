// Keeps all files of one build of the page, so that it works without a network. A new build has another cache, which
// is filled as a whole before it takes the place of the old one; pages that are open keep theirs until they are closed.
const CACHE = "admittance-BUILD";
const FILES = [/* files */];
// A file whose name has a hash in it never changes. The others are asked of the network first, so that who has one
// sees the newest page.
const FIXED = /-[0-9a-f]{16}(_bg)?\.\w+$/;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })))));
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("admittance-") && name !== CACHE);
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(old(names).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(self.registration.scope)) return;
  const kept = () => caches.open(CACHE).then((cache) => cache.match(request, { ignoreSearch: request.mode === "navigate", ignoreVary: true }));
  if (FIXED.test(request.url)) {
    event.respondWith(kept().then((response) => response ?? fetch(request)));
  } else {
    event.respondWith(fetch(request).catch(() => kept().then((response) => response ?? Response.error())));
  }
});
