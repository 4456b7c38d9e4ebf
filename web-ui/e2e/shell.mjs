// A person's terminal, in which `bascule` is the program under test.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** The launcher of this checkout, unless a program is named that is built already. */
const PROGRAM = process.env.BASCULE_PROGRAM ?? new URL("../../bascule", import.meta.url).pathname;

export class Shell {
  #folder;
  #programs = [];

  static async open() {
    const shell = new Shell();
    shell.#folder = await mkdtemp(join(tmpdir(), "bascule-e2e-"));
    await mkdir(join(shell.#folder, "bin"));
    const bascule = join(shell.#folder, "bin", "bascule");
    await writeFile(bascule, `#!/bin/sh\nexec ${PROGRAM} "$@"\n`);
    await chmod(bascule, 0o755);
    return shell;
  }

  /** Starts a line and leaves it running until the shell is closed. */
  start(line) {
    const program = new Program(line, this.#folder);
    this.#programs.push(program);
    return program;
  }

  /** Runs a line to its end. */
  async run(line, input) {
    await this.start(line).ends(input);
  }

  async close() {
    await Promise.all(this.#programs.map((program) => program.stop()));
    await rm(this.#folder, { recursive: true, force: true });
  }
}

class Program {
  #line;
  #process;
  #said = "";

  constructor(line, folder) {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("BASCULE_")));
    const path = `${join(folder, "bin")}${delimiter}${process.env.PATH}`;
    this.#line = line;
    // In a group of its own, so that what the shell starts ends with it.
    this.#process = spawn("sh", ["-c", `exec ${line}`], {
      cwd: folder,
      detached: true,
      env: {
        ...env,
        PATH: path,
        HOME: folder,
        XDG_CONFIG_HOME: folder,
        BASCULE_STATE_DIRECTORY: join(folder, "state"),
      },
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream.on("data", (piece) => {
        this.#said += piece;
        this.#process.emit("said");
      });
    }
  }

  /** Waits until it has said something that holds these words. */
  async says(words) {
    while (!this.#said.includes(words)) {
      if (this.#hasEnded()) {
        throw new Error(`${this.#line} has ended: ${this.#said}`);
      }
      await Promise.race([once(this.#process, "said"), once(this.#process, "close")]);
    }
  }

  async ends(input = "") {
    this.#process.stdin.end(input);
    if (!this.#hasEnded()) {
      await once(this.#process, "close");
    }
    if (this.#process.exitCode !== 0) {
      throw new Error(`${this.#line}: exit code ${this.#process.exitCode}: ${this.#said}`);
    }
  }

  async stop() {
    if (this.#hasEnded()) {
      return;
    }
    const closed = once(this.#process, "close");
    process.kill(-this.#process.pid, "SIGTERM");
    await closed;
  }

  #hasEnded() {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }
}
