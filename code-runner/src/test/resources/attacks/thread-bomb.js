const { Worker } = require('node:worker_threads');
const handler = async ({ confined }) => {
  const workers = [];
  for (let n = 0; n < 80; n++) {
    workers.push(new Worker(`setTimeout(() => {}, ${confined ? 30_000 : 500})`, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 4 } }));
    workers[n].on('error', () => {});
  }
  await Promise.all(workers.map((worker) => new Promise((resolve) => worker.on('exit', resolve))));
  return 'ok';
};
