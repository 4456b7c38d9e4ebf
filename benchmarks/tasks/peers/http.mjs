// node http.mjs PORT HASH: BullMQ behind Fastify. Tokens are checked as our API does it: by their SHA-256 in PostgreSQL, and what was
// found is believed for a second. Bodies are checked against a schema.
import { createHash } from 'node:crypto';
import Fastify from 'fastify';
import { Queue } from 'bullmq';
import pg from 'pg';

const [, , port, known] = process.argv;
const pool = new pg.Pool({ connectionString: process.env.PGURL, max: 10 });
await pool.query('create table if not exists access_tokens (hash bytea primary key, name text, expires_at timestamptz, revoked_at timestamptz)');
await pool.query("insert into access_tokens values (decode($1, 'hex'), 'benchmark') on conflict do nothing", [known]);

const queue = new Queue('bench', {
  connection: { host: '127.0.0.1', port: +process.env.RPORT, maxRetriesPerRequest: null },
  defaultJobOptions: { removeOnComplete: false, removeOnFail: true },
});
await queue.waitUntilReady();

const recent = new Map();
async function caller(request, reply) {
  const text = (request.headers.authorization ?? '').replace(/^Bearer /i, '');
  const hash = createHash('sha256').update(text).digest();
  const key = hash.toString('hex');
  const now = Date.now();
  let found = recent.get(key);
  if (!found || found.until < now) {
    const stored = await pool.query(
      'select name from access_tokens where hash = $1 and revoked_at is null and (expires_at is null or expires_at > now())',
      [hash],
    );
    found = { until: now + 1000, name: stored.rows[0]?.name };
    recent.set(key, found);
  }
  if (!found.name) return reply.code(401).send({ code: 'token-invalid' });
}

const task = {
  type: 'object',
  required: ['type'],
  additionalProperties: false,
  properties: { type: { type: 'string', maxLength: 128 }, input: { type: 'object' } },
};
const tasks = { type: 'object', required: ['items'], properties: { items: { type: 'array', maxItems: 1000, items: task } } };

const app = Fastify({ bodyLimit: 20 * 1024 * 1024, routerOptions: { caseSensitive: true } });
app.addHook('onRequest', caller);
app.post('/tasks', { schema: { body: task } }, async (request, reply) => {
  const job = await queue.add(request.body.type, request.body.input);
  return reply.code(202).send({ id: job.id, type: job.name, state: 'waiting', createdAt: new Date(job.timestamp) });
});
// A double colon is a single one in Fastify's paths.
app.post('/tasks::batch', { schema: { body: tasks } }, async (request, reply) => {
  const jobs = await queue.addBulk(request.body.items.map(({ type, input }) => ({ name: type, data: input })));
  return reply.code(202).send({ items: jobs.map((job) => ({ task: { id: job.id, type: job.name, state: 'waiting' } })) });
});
await app.listen({ host: '127.0.0.1', port: +port });
console.log('ready');
