// Writes openapi/api.d.ts, the types of the API, from its committed description, where that has changed since.
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = new URL("../openapi/", import.meta.url);
const sources = ["../docs/reference/openapi.json", "openapi/package.json", "openapi/package-lock.json"];

const lock = new URL("package-lock.json", folder);
const stamp = new URL("node_modules/.installed-package-lock.json", folder);
if (textOf(stamp) !== textOf(lock)) {
  run("ci", "--no-progress", "--loglevel=error");
  copyFileSync(lock, stamp);
}
const written = timeOf(new URL("api.d.ts", folder));
if (sources.some((source) => timeOf(new URL(`../${source}`, import.meta.url)) > written)) {
  run("run", "--silent", "generate");
}

function run(...words) {
  execFileSync("npm", words, { cwd: fileURLToPath(folder), stdio: ["ignore", "inherit", "inherit"] });
}

function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** When a file was written, in milliseconds since 1970; long ago where there is none. */
function timeOf(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
