// The lock files must work with every registry: versions and checksums, no download addresses.
import { readFileSync } from "node:fs";

for (const folder of ["", "openapi/"]) {
  check(`${folder}package-lock.json`);
}

function check(file) {
  const { packages } = JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), "utf8"));
  const entries = Object.entries(packages).filter(([path]) => path !== "");
  const addressed = entries.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path);
  const unchecked = entries.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path);
  if (addressed.length > 0) {
    console.error(
      `${file} holds download addresses (${addressed[0]}, …): run \`npm install\` beside it, where an .npmrc leaves them out`,
    );
    process.exitCode = 1;
  }
  if (unchecked.length > 0) {
    console.error(
      `${file} has no checksum for ${unchecked.join(", ")}: delete it and node_modules beside it and run \`npm install\``,
    );
    process.exitCode = 1;
  }
}
