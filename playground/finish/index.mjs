// What is done when Trunk has built the page: its examples, its program in two files, its second program, its worker, the page of sources, smaller
// files, its security policy, and what makes it work offline. In this order, since the last looks at what those before it
// wrote, and the style sheets are joined when the page of sources has taken what it needs of them.
import { writeAnalysis } from "./analysis.mjs";
import { joinStyles, minifyGlue } from "./minify.mjs";
import { writeGallery } from "./gallery.mjs";
import { writeLater } from "./later.mjs";
import { writeOffline } from "./offline.mjs";
import { writePolicy } from "./csp.mjs";
import { writeSources } from "./sources.mjs";
import { writeWorker } from "./worker.mjs";

const dist = process.env.TRUNK_STAGING_DIR ?? "dist";
writeGallery(dist);
writeLater(dist);
writeAnalysis(dist);
writeWorker(dist);
writeSources(dist);
joinStyles(dist);
minifyGlue(dist);
writePolicy(dist);
writeOffline(dist);
