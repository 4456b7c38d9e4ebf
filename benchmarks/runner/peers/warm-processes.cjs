'use strict';
// warm-processes.cjs RATE SECONDS: what a process that waits costs by itself, without a sandbox, limits or a service: a parent
// hands each job to the oldest of four bare processes and then starts another one. Prints one figure a line, by name: until the
// process has the job, by a clock that both share, and until its answer is here; from when the parent began to write.
const { spawn } = require('node:child_process');

const [rate, seconds] = process.argv.slice(2).map(Number);
const RUNTIMES = {
  node: [process.execPath, ['-e', `
    const fs = require('node:fs');
    const line = Buffer.alloc(4096);
    fs.writeSync(1, 'ready\\n');
    if (fs.readSync(0, line) > 0) fs.writeSync(1, process.hrtime.bigint() + '\\n');
    process.exit(0);`]],
  python: ['/usr/bin/python3', ['-I', '-S', '-c', `
import os, time
os.write(1, b'ready\\n')
if os.read(0, 4096): os.write(1, b'%d\\n' % time.monotonic_ns())`]],
};

/** A bare process that is ready for its one job. */
function start([program, words]) {
  return new Promise((resolve) => {
    const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdout.once('data', () => resolve(child));
  });
}

function run(child) {
  const sent = process.hrtime.bigint();
  return new Promise((resolve) => {
    child.stdout.once('data', (told) => {
      const back = process.hrtime.bigint();
      resolve({ begun: Number(BigInt(told.toString().trim()) - sent) / 1e6, answered: Number(back - sent) / 1e6 });
    });
    child.stdin.write('{"a":1}\n');
  });
}

function quantiles(millis) {
  millis.sort((a, b) => a - b);
  const at = (share) => millis[Math.floor(millis.length * share)].toFixed(1);
  return `${at(0.5)} / ${at(0.99)}`;
}

async function steady(runtime) {
  const pool = await Promise.all([1, 2, 3, 4].map(() => start(runtime)));
  const runs = [];
  const begin = performance.now();
  for (let n = 0; n < rate * seconds; n++) {
    await new Promise((resolve) => setTimeout(resolve, begin + (n * 1000) / rate - performance.now()));
    const child = pool.shift() ?? (await start(runtime));
    runs.push(run(child));
    start(runtime).then((next) => pool.push(next));
  }
  const took = await Promise.all(runs);
  pool.forEach((child) => child.kill());
  return took;
}

(async () => {
  for (const [name, runtime] of Object.entries(RUNTIMES)) {
    const took = await steady(runtime);
    console.log(`begun-${name} ${quantiles(took.map((one) => one.begun))}`);
    console.log(`answered-${name} ${quantiles(took.map((one) => one.answered))}`);
  }
  process.exit(0);
})();
