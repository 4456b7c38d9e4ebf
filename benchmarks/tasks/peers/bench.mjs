// node bench.mjs ENGINE PHASE: one line of JSON. The same steps as in Phases.java.
import { fork } from 'node:child_process';
import { adapters } from './adapters.mjs';

const [, , engine, phase] = process.argv;
const N = +(process.env.N ?? 20000);
const WARM = +(process.env.WARM ?? 20000);
const RATE = 100;
const SECONDS = +(process.env.SECONDS ?? 10);
const BULK = 1000;

const now = () => process.hrtime.bigint();
const seconds = (since) => Number(now() - since) / 1e9;
const sleep = (millis) => new Promise((wake) => setTimeout(wake, millis));
const say = (figures) => console.log(JSON.stringify(figures));

function percentiles(nanos) {
  const sorted = nanos.sort((a, b) => a - b);
  const at = (part) => +(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] / 1e6).toFixed(2);
  return { samples: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}

async function bulk(a, number, job) {
  for (let i = 0; i < number; i += BULK) await a.addAll(Array.from({ length: Math.min(BULK, number - i) }, () => job));
}

async function drained(a) {
  const start = now();
  while (seconds(start) < 60) {
    if ((await a.left()) === 0) return;
    await sleep(10);
  }
  throw new Error('not drained within a minute');
}

/** Handlers that count to a number; the promise resolves with the moments of the first and the last. */
function counting(number) {
  let done = 0;
  let first;
  let finish;
  const all = new Promise((resolve) => (finish = resolve));
  const handler = async () => {
    first ??= now();
    if (++done === number) finish({ first, last: now() });
  };
  return { handler, all };
}

async function enq(a) {
  await a.reset();
  await bulk(a, WARM, { t: '0' });
  for (let i = 0; i < 500; i++) await a.add({ t: '0' });
  await a.reset();
  let start = now();
  let added = 0;
  while (added < 2000) { await a.add({ t: '0' }); added++; }
  const single = added / seconds(start);
  await a.reset();
  start = now();
  added = 0;
  await Promise.all(Array.from({ length: 50 }, async () => {
    while (added < N && seconds(start) < 10) { added++; await a.add({ t: '0' }); }
  }));
  const together = added / seconds(start);
  await a.reset();
  start = now();
  await bulk(a, N, { t: '0' });
  const inBulk = N / seconds(start);
  await a.reset();
  say({ single, together, bulk: inBulk });
}

async function proc(a) {
  await a.reset();
  const warm = counting(WARM);
  let count = warm.handler;
  const worker = await a.start((data) => count(data));
  await bulk(a, WARM, { t: '0' });
  await warm.all;
  await drained(a);
  await worker.stop();
  await bulk(a, N, { t: '0' });
  const measured = counting(N);
  count = measured.handler;
  const again = await a.start((data) => count(data));
  const { first, last } = await measured.all;
  await drained(a);
  say({ handled: N / (Number(last - first) / 1e9), drained: N / seconds(first) });
  await again.stop();
}

async function pickups(a, slowPart) {
  await a.reset();
  const child = fork(process.argv[1], [engine, 'worker']);
  const next = () => new Promise((resolve) => child.once('message', resolve));
  await next();
  await bulk(a, WARM, { t: '0' });
  await drained(a);
  const total = RATE * SECONDS;
  const start = now();
  const adding = [];
  for (let i = 0; i < total; i++) {
    const wait = Number(start + BigInt(Math.round((i * 1e9) / RATE)) - now()) / 1e6;
    if (wait > 1) await sleep(wait);
    adding.push(a.add({ t: i < RATE ? '0' : now().toString(), slow: slowPart > 0 && i % Math.round(1 / slowPart) === 0 }));
  }
  await Promise.all(adding);
  await drained(a);
  child.send('stop');
  say(percentiles((await next()).nanos));
}

async function worker(a) {
  const nanos = [];
  const running = await a.start(async (data) => {
    if (data.t !== '0') nanos.push(Number(now() - BigInt(data.t)));
    if (data.slow) await sleep(1000);
  });
  process.once('message', async () => {
    process.send({ nanos });
    await running.stop();
    process.exit(0);
  });
  process.send('ready');
}

/** How long a hundred jobs wait that somebody else submits while 50,000 of the first tenant wait. */
async function fair(a) {
  await a.reset();
  const nanos = [];
  let done = 0;
  let finish;
  const all = new Promise((resolve) => (finish = resolve));
  const running = await a.start(async (data) => {
    if (data.t !== '0') nanos.push(Number(now() - BigInt(data.t)));
    if (++done === WARM + 50100) finish();
  });
  await bulk(a, WARM, { t: '0' });
  await drained(a);
  await running.stop();
  await bulk(a, 50000, { t: '0' });
  const again = await a.start(async (data) => {
    if (data.t !== '0') nanos.push(Number(now() - BigInt(data.t)));
    if (++done === WARM + 50100) finish();
  });
  const adding = [];
  for (let i = 0; i < 100; i++) {
    adding.push(a.add({ t: now().toString() }));
    await sleep(10);
  }
  await Promise.all(adding);
  await all;
  say(percentiles(nanos));
  await again.stop();
}

const phases = { enq, proc, lat: (a) => pickups(a, 0), mix: (a) => pickups(a, 0.02), fair, worker };
const a = await adapters[engine]();
await phases[phase](a);
if (phase !== 'worker') {
  await a.close().catch(() => {});
  process.exit(0);
}
