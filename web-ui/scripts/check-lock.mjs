// The lock file must work with every registry: versions and checksums, no download addresses.
import { readFileSync } from "node:fs";

const { packages } = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
const entries = Object.entries(packages).filter(([path]) => path !== "");

const addressed = entries.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path);
const unchecked = entries.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path);
if (addressed.length > 0) {
  console.error(
    `package-lock.json holds download addresses (${addressed[0]}, …): run \`npm install\` in web-ui, whose .npmrc leaves them out`,
  );
}
if (unchecked.length > 0) {
  console.error(
    `package-lock.json has no checksum for ${unchecked.join(", ")}: delete node_modules and the lock file and run \`npm install\``,
  );
}
process.exitCode = addressed.length + unchecked.length > 0 ? 1 : 0;
