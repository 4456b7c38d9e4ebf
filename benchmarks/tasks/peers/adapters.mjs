import { Queue, Worker } from 'bullmq';
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import IORedis from 'ioredis';
import pg from 'pg';

const { PGURL, RPORT, CONC = '50' } = process.env;
const concurrency = +CONC;

/** BullMQ on Redis with an append-only file, keeping its finished jobs, as one does who wants to know what ran. */
async function bullmq() {
  const connection = () => ({ host: '127.0.0.1', port: +RPORT, maxRetriesPerRequest: null });
  const queue = new Queue('bench', {
    connection: connection(),
    defaultJobOptions: { removeOnComplete: process.env.KEEP !== '1', removeOnFail: true },
  });
  await queue.waitUntilReady();
  return {
    reset: async () => {
      const redis = new (IORedis.Redis ?? IORedis)(+RPORT, '127.0.0.1');
      await redis.flushall();
      await redis.quit();
    },
    add: (data) => queue.add('noop', data),
    addAll: (all) => queue.addBulk(all.map((data) => ({ name: 'noop', data }))),
    start: async (handler) => {
      const worker = new Worker('bench', (job) => handler(job.data), { connection: connection(), concurrency });
      worker.on('error', console.error);
      await worker.waitUntilReady();
      return { stop: () => worker.close() };
    },
    left: async () => {
      const counts = await queue.getJobCounts('wait', 'active', 'prioritized');
      return counts.wait + counts.active + (counts.prioritized ?? 0);
    },
    close: () => queue.close(),
  };
}

/**
 * graphile-worker with its local queue and batched completion. A table that was emptied gets 5,000 delayed jobs and statistics:
 * without them its claim becomes a sequential scan.
 */
async function gwbatch() {
  const pool = new pg.Pool({ connectionString: PGURL, max: concurrency + 2 });
  const logger = new Logger(() => () => {});
  const utils = await makeWorkerUtils({ pgPool: pool, logger });
  await utils.migrate();
  return {
    reset: async () => {
      await pool.query('truncate graphile_worker._private_jobs');
      await pool.query(
        "select count(graphile_worker.add_job('noop', '{}', run_at := now() + interval '1 day')) from generate_series(1, 5000)",
      );
      await pool.query('vacuum analyze graphile_worker._private_jobs');
    },
    add: (data) => utils.addJob('noop', data),
    addAll: (all) => utils.addJobs(all.map((payload) => ({ identifier: 'noop', payload }))),
    start: async (handler) => {
      const worker = {
        connectionString: PGURL,
        concurrentJobs: concurrency,
        maxPoolSize: concurrency + 1,
        pollInterval: 2000,
        logger,
        localQueue: { size: 500 },
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
      };
      const running = await run({ preset: { worker }, taskList: { noop: handler }, logger, noHandleSignals: true });
      return { stop: () => running.stop() };
    },
    left: async () =>
      +(await pool.query('select count(*) from graphile_worker._private_jobs where run_at < now()')).rows[0].count,
    close: async () => {
      await utils.release();
      await pool.end();
    },
  };
}

export const adapters = { bullmq, gwbatch };
