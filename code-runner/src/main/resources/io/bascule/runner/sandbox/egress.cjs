'use strict';
// `fetch` for functions: the runner makes the requests, over a connection that this process inherited. Frames are described
// in docs/protocol/runner.md, "Egress". Loaded when a function first fetches, or asks for a resource (resource.cjs).

const net = require('node:net');

const EGRESS = 4;
const TYPE = {
  REQUEST: 0x20, ABORT: 0x21, OPEN: 0x22, BYTES: 0x23, FINISH: 0x24,
  RESPONSE: 0x30, DATA: 0x31, END: 0x32, ERROR: 0x33, OPENED: 0x34, TAKEN: 0x35,
};
const HEAD = 9;
const MOST_REDIRECTS = 20;
const WITHOUT_BODY = new Set([204, 205, 304]);
const BODY_HEADERS = ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length'];

const exchanges = new Map();
let lastId = 0;
let received = Buffer.alloc(0);
let socket;

function connection() {
  if (socket === undefined) {
    socket = new net.Socket({ fd: EGRESS, readable: true, writable: true });
    socket.on('data', take);
    socket.on('error', failAll);
    socket.on('close', () => failAll(new Error('the runner closed the connection')));
  }
  return socket;
}

function failAll(cause) {
  for (const exchange of exchanges.values()) exchange.fail(cause);
  exchanges.clear();
}

function send(type, id, body) {
  const head = Buffer.alloc(HEAD);
  head[0] = type;
  head.writeUInt32BE(id, 1);
  head.writeUInt32BE(body.length, 5);
  connection().write(Buffer.concat([head, body]));
}

function take(bytes) {
  received = received.length === 0 ? bytes : Buffer.concat([received, bytes]);
  while (received.length >= HEAD) {
    const end = HEAD + received.readUInt32BE(5);
    if (received.length < end) return;
    const exchange = exchanges.get(received.readUInt32BE(1));
    const type = received[0];
    const body = received.subarray(HEAD, end);
    received = received.subarray(end);
    exchange?.take(type, body);
  }
}

// What comes for the new exchange goes to its taker, `take(type, body)`, or `fail(error)` when the runner has gone.
function begin(taker) {
  const id = ++lastId;
  exchanges.set(id, taker);
  connection().ref();
  return id;
}

function finish(id) {
  exchanges.delete(id);
  if (exchanges.size === 0) connection().unref(); // An idle connection must not keep the job waiting.
}

function refusal({ code, message }) {
  return Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(message), { code }) });
}

// Resolves with the answer's head once it is there; its body is a stream.
function exchange(head, body, signal) {
  return new Promise((resolve, reject) => {
    let controller;
    const stream = new ReadableStream({
      start: (itsController) => { controller = itsController; },
      cancel: () => { send(TYPE.ABORT, id, Buffer.alloc(0)); conclude(); },
    });
    const conclude = () => {
      finish(id);
      signal?.removeEventListener('abort', abort);
    };
    const fail = (error) => { conclude(); reject(error); controller.error(error); };
    const abort = () => { send(TYPE.ABORT, id, Buffer.alloc(0)); fail(signal.reason); };
    const id = begin({
      fail: (cause) => fail(refusal(cause)),
      take(type, bytes) {
        if (type === TYPE.RESPONSE) resolve({ ...JSON.parse(bytes.toString()), stream });
        else if (type === TYPE.DATA) controller.enqueue(new Uint8Array(bytes));
        else if (type === TYPE.ERROR) fail(refusal(JSON.parse(bytes.toString())));
        else if (type === TYPE.END) { conclude(); controller.close(); }
      },
    });
    signal?.addEventListener('abort', abort);
    const told = Buffer.from(JSON.stringify(head));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(told.length);
    send(TYPE.REQUEST, id, Buffer.concat([length, told, body]));
  });
}

function redirected(request, answer, location) {
  const url = new URL(location, request.url);
  url.hash ||= new URL(request.url).hash;
  const toGet = answer.status === 303 ? request.method !== 'HEAD' : [301, 302].includes(answer.status) && request.method === 'POST';
  let headers = request.headers;
  if (toGet) headers = headers.filter(([name]) => !BODY_HEADERS.includes(name));
  if (url.origin !== new URL(request.url).origin) {
    headers = headers.filter(([name]) => !['authorization', 'cookie', 'proxy-authorization'].includes(name));
  }
  return { url: url.href, method: toGet ? 'GET' : request.method, headers, body: toGet ? Buffer.alloc(0) : request.body };
}

function responseOf(answer, url, hops) {
  const headers = answer.headers.filter(([name]) => !/^(connection|keep-alive|transfer-encoding)$/i.test(name));
  const empty = WITHOUT_BODY.has(answer.status);
  if (empty) answer.stream.cancel().catch(() => {});
  const init = { status: answer.status, statusText: answer.reason, headers };
  const response = new Response(empty ? null : answer.stream, init);
  return Object.defineProperties(response, { url: { value: url }, redirected: { value: hops > 0 } });
}

async function fetch(input, init) {
  const wanted = new Request(input, init);
  wanted.signal.throwIfAborted();
  const body = wanted.body === null ? Buffer.alloc(0) : Buffer.from(await wanted.arrayBuffer());
  let request = { url: wanted.url, method: wanted.method, headers: [...wanted.headers], body };
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    const { url, method, headers } = request;
    const answer = await exchange({ url, method, headers }, request.body, wanted.signal);
    const location = answer.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
    const leads = [301, 302, 303, 307, 308].includes(answer.status) && location !== undefined;
    if (!leads || wanted.redirect === 'manual') return responseOf(answer, url, hops);
    answer.stream.cancel().catch(() => {});
    if (wanted.redirect === 'error') throw refusal({ code: 'REDIRECT', message: `unexpected redirect to ${location}` });
    request = redirected(request, answer, location);
  }
  throw refusal({ code: 'REDIRECT', message: 'redirect count exceeded' });
}

module.exports = { TYPE, begin, fetch, finish, send };
