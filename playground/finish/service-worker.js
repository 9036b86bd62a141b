// Keeps all files of one build of the page, so that it works without a network. A new build has another cache, which
// is filled as a whole before it takes the place of the old one; pages that are open keep theirs until they are closed.
// The files that not everybody needs are kept from when they are first asked for.
const CACHE = "admittance-BUILD";
const FILES = [/* files */];
const WHEN_ASKED_FOR = [/* when asked for */];
// A file whose name has a hash in it never changes. The others are asked of the network first, so that who has one
// sees the newest page.
const FIXED = /-[0-9a-f]{16}(_bg)?\.\w+$/;

self.addEventListener("install", (event) => {
  const fresh = (files) => files.map((file) => new Request(file, { cache: "no-cache" }));
  event.waitUntil(
    // Who needed one with an earlier build has it with this one as well.
    Promise.all(WHEN_ASKED_FOR.map((file) => caches.match(file).then((found) => (found ? [file] : []))))
      .then((needed) => caches.open(CACHE).then((cache) => cache.addAll(fresh([...FILES, ...needed.flat()])))),
  );
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
    const keeps = WHEN_ASKED_FOR.some((file) => new URL(file, self.location).href === request.url);
    const keep = (response) => {
      const copy = response.clone();
      event.waitUntil(caches.open(CACHE).then((cache) => cache.put(request, copy)));
    };
    const fetched = fetch(request).then((response) => {
      if (keeps && response.ok) keep(response);
      return response;
    });
    event.respondWith(fetched.catch(() => kept().then((response) => response ?? Response.error())));
  }
});
