'use strict';
// `context.resource(name)` for functions: connections that the runner's caller carries, through a tunnel. Frames are described
// in docs/protocol/runner.md, "Resources". Loaded when a function first asks for a resource.

const { Duplex, Readable } = require('node:stream');
const { TYPE, begin, finish, send } = require('./egress.cjs');

const WINDOW = 256 * 1024;
const LARGEST_PIECE = 64 * 1024;
const NOTHING = Buffer.alloc(0);
const WITHOUT_BODY = new Set([204, 205, 304]);
const OF_ONE_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/** A connection to a resource, to be used as a net.Socket; it connects by itself. */
class ResourceSocket extends Duplex {
  constructor(name, options) {
    super({ allowHalfOpen: false, ...options });
    this.connecting = true;
    this.credit = WINDOW;
    this.carried = true; // Whether the runner knows of it.
    this.id = begin(this.#taker());
    send(TYPE.OPEN, this.id, Buffer.from(name));
  }

  #taker() {
    return {
      fail: (error) => { this.carried = false; this.destroy(error); },
      take: (type, body) => {
        if (type === TYPE.OPENED) this.#opened();
        else if (type === TYPE.DATA) this.push(Buffer.from(body));
        else if (type === TYPE.END) { this.receivedAll = true; this.push(null); }
        else if (type === TYPE.TAKEN) { this.credit += body.readUInt32BE(0); this.#pass(); }
        else if (type === TYPE.ERROR) this.#failed(JSON.parse(body.toString()));
      },
    };
  }

  #opened() {
    this.connecting = false;
    this.emit('connect');
    this.emit('ready');
    this.#pass();
  }

  #failed({ code, message }) {
    this.carried = false;
    this.destroy(Object.assign(new Error(message), { code }));
  }

  #pass() {
    while (this.waiting && this.credit > 0 && !this.connecting) {
      const { bytes, done } = this.waiting;
      const piece = bytes.subarray(0, Math.min(LARGEST_PIECE, this.credit));
      this.credit -= piece.length;
      send(TYPE.BYTES, this.id, piece);
      this.waiting = piece.length < bytes.length ? { bytes: bytes.subarray(piece.length), done } : undefined;
      if (!this.waiting) done();
    }
    if (this.finished && this.credit === WINDOW && !this.connecting) {
      const done = this.finished;
      this.finished = undefined;
      this.sentAll = true;
      send(TYPE.FINISH, this.id, NOTHING);
      done();
    }
  }

  _read() {} // What came was counted against the job's limit, and is pushed at once.

  _write(chunk, _encoding, done) {
    this.waiting = { bytes: chunk, done };
    this.#pass();
  }

  _final(done) {
    this.finished = done;
    this.#pass();
  }

  _destroy(error, done) {
    const orderly = this.sentAll && this.receivedAll;
    if (this.carried && !orderly) send(TYPE.ABORT, this.id, NOTHING);
    this.carried = false;
    finish(this.id);
    done(error);
  }

  // Libraries that expect a net.Socket call these; the connection is there, and times out by the runner's rules.
  connect(...rest) {
    const listener = rest.at(-1);
    if (typeof listener === 'function') this.once('connect', listener);
    return this;
  }
  setKeepAlive() { return this; }
  setNoDelay() { return this; }
  setTimeout() { return this; }
  ref() { return this; }
  unref() { return this; }
}

function headersOf(incoming) {
  const headers = new Headers();
  for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
    const name = incoming.rawHeaders[index];
    if (!OF_ONE_CONNECTION.has(name.toLowerCase())) headers.append(name, incoming.rawHeaders[index + 1]);
  }
  return headers;
}

function responseOf(incoming, method, url) {
  const empty = method === 'HEAD' || WITHOUT_BODY.has(incoming.statusCode);
  if (empty) incoming.resume();
  const init = { status: incoming.statusCode, statusText: incoming.statusMessage, headers: headersOf(incoming) };
  const response = new Response(empty ? null : Readable.toWeb(incoming), init);
  return Object.defineProperty(response, 'url', { value: url });
}

function secured(socket, url, options) {
  const servername = /^[\d.]+$|:/.test(url.hostname) ? '' : url.hostname;
  return require('node:tls').connect({ servername, host: url.hostname, ...options, socket });
}

/** Sends one request over a connection of its own. A redirect is an answer like any other: it may lead elsewhere. */
async function request(socket, wanted, body, tls) {
  const url = new URL(wanted.url);
  const stream = url.protocol === 'https:' ? secured(socket, url, tls) : socket;
  const headers = { host: url.host, ...Object.fromEntries(wanted.headers), connection: 'close' };
  if (body.length > 0 || /^P/.test(wanted.method)) headers['content-length'] = body.length;
  return new Promise((resolve, reject) => {
    const fail = (error) => { socket.destroy(); reject(error); };
    wanted.signal.addEventListener('abort', () => fail(wanted.signal.reason));
    const options = { method: wanted.method, path: url.pathname + url.search, headers, createConnection: () => stream };
    const asked = require('node:http').request(options, (incoming) => {
      incoming.once('close', () => socket.destroy());
      resolve(responseOf(incoming, wanted.method, url.href));
    });
    socket.once('error', fail);
    asked.once('error', fail);
    asked.end(body);
  });
}

/** A resource that the function may reach. */
class Resource {
  constructor(name) {
    this.name = name;
    Object.freeze(this);
  }

  /** A connection that connects by itself, for libraries that take a socket. */
  socket(options) {
    return new ResourceSocket(this.name, options);
  }

  /** A connection that is there. */
  connect(options) {
    return new Promise((resolve, reject) => {
      const socket = this.socket(options);
      socket.once('error', reject);
      socket.once('connect', () => { socket.removeListener('error', reject); resolve(socket); });
    });
  }

  /** Like the global one; whatever host the URL names, it is the resource that is asked. `tls` holds options of tls.connect. */
  async fetch(target, { tls, ...init } = {}) {
    const wanted = new Request(new URL(target, `http://${this.name}/`), init);
    wanted.signal.throwIfAborted();
    const body = wanted.body === null ? NOTHING : Buffer.from(await wanted.arrayBuffer());
    return request(await this.connect(), wanted, body, tls);
  }
}

module.exports = { Resource };
