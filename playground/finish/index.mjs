// What is done when Trunk has built the page: its examples, its worker, the page of sources, its security policy, and what
// makes it work offline. In this order, since the last looks at what those before it wrote.
import { writeGallery } from "./gallery.mjs";
import { writeOffline } from "./offline.mjs";
import { writePolicy } from "./csp.mjs";
import { writeSources } from "./sources.mjs";
import { writeWorker } from "./worker.mjs";

const dist = process.env.TRUNK_STAGING_DIR ?? "dist";
writeGallery(dist);
writeWorker(dist);
writeSources(dist);
writePolicy(dist);
writeOffline(dist);
