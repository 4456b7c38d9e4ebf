'use strict';
// isolated-vm.cjs RATE SECONDS: a fresh isolate for each call, which is isolation within one process: no boundary of the
// operating system's. Prints one figure a line, by name.
const ivm = require('isolated-vm');

const [rate, seconds] = process.argv.slice(2).map(Number);
const trivial = 'const handler = (input) => input;';
const fibonacci = 'const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2)); fib(25);';

async function inFreshIsolate(source, input) {
  const isolate = new ivm.Isolate({ memoryLimit: 128 });
  try {
    const context = await isolate.createContext();
    return await context.eval(`${source}\nJSON.stringify(handler(${input}))`, { timeout: 30_000, copy: true });
  } finally {
    isolate.dispose();
  }
}

function quantiles(millis) {
  millis.sort((a, b) => a - b);
  const at = (share) => millis[Math.floor(millis.length * share)].toFixed(1);
  return `${at(0.5)} / ${at(0.99)}`;
}

/** Open loop: what is late counts from when it should have begun. */
async function steady() {
  const took = [];
  const calls = [];
  const begin = performance.now();
  for (let n = 0; n < rate * seconds; n++) {
    const due = begin + (n * 1000) / rate;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    calls.push(inFreshIsolate(trivial, '{"a":1}').then(() => took.push(performance.now() - due)));
  }
  await Promise.all(calls);
  return quantiles(took);
}

async function sustained() {
  const begin = performance.now();
  let done = 0;
  const caller = async () => {
    while (performance.now() - begin < seconds * 1000) {
      await inFreshIsolate(trivial, '{"a":1}');
      done++;
    }
  };
  await Promise.all([caller(), caller(), caller(), caller()]);
  return ((1000 * done) / (performance.now() - begin)).toFixed(0);
}

/** Best of seven, by CPU time of the whole process, in turns. */
async function speed() {
  const bare = new Function(`${fibonacci} return () => fib(36);`)();
  const isolate = new ivm.Isolate({ memoryLimit: 128 });
  const context = await isolate.createContext();
  await context.eval(fibonacci);
  let inside = Infinity;
  let outside = Infinity;
  const cpu = async (act) => {
    const before = process.cpuUsage().user;
    await act();
    return process.cpuUsage().user - before;
  };
  for (let n = 0; n < 7; n++) {
    inside = Math.min(inside, await cpu(() => context.eval('fib(36)')));
    outside = Math.min(outside, await cpu(bare));
  }
  isolate.dispose();
  return (outside / inside).toFixed(2);
}

async function memory() {
  const before = process.memoryUsage().rss;
  const isolates = [];
  for (let n = 0; n < 20; n++) {
    const isolate = new ivm.Isolate({ memoryLimit: 128 });
    isolates.push({ isolate, context: await isolate.createContext() });
  }
  const each = (process.memoryUsage().rss - before) / isolates.length / 2 ** 20;
  isolates.forEach(({ isolate }) => isolate.dispose());
  return each.toFixed(1);
}

(async () => {
  console.log(`memory ${await memory()}`);
  console.log(`steady ${await steady()}`);
  console.log(`sustained ${await sustained()}`);
  console.log(`speed ${await speed()}`);
})();
