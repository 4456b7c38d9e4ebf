// Prints what a first visit downloads (gzipped) for each page of the build and fails when it is over its budget.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const KIB = 1024;
const BUDGET = { js: 210 * KIB, css: 40 * KIB };
const dist = new URL("../dist/", import.meta.url).pathname;

const pages = readdirSync(dist, { recursive: true }).filter((file) => file.endsWith(".html"));
if (pages.length === 0) {
  throw new Error("dist holds no page: run `npm run build`");
}

let over = false;
for (const page of pages) {
  const html = readFileSync(join(dist, page), "utf8");
  const files = new Set([...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1]));
  const sizes = { js: 0, css: 0 };
  for (const file of files) {
    sizes[file.endsWith(".css") ? "css" : "js"] += gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
  }
  for (const [kind, size] of Object.entries(sizes)) {
    const line = `${page}: ${kind} ${(size / KIB).toFixed(1)} KiB of ${BUDGET[kind] / KIB} KiB gzipped`;
    console.log(line);
    if (size > BUDGET[kind]) {
      over = true;
      console.error(`${line}: over budget; move what the first screen does not need into a lazy chunk`);
    }
  }
}
process.exitCode = over ? 1 : 0;
