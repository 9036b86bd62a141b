// What is done when Trunk has built the page: its examples, its worker, its security policy, and what makes it work
// offline. In this order, since each of them looks at what those before it wrote.
import { writeGallery } from "./gallery.mjs";
import { writePolicy } from "./csp.mjs";

const dist = process.env.TRUNK_STAGING_DIR ?? "dist";
writeGallery(dist);
writePolicy(dist);
