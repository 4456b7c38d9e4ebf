'use strict';
// Runs one function in this process: waits for the job on the inherited channel, calls its handler, answers once.
// Frames are described in docs/protocol/runner.md. What this file needs is captured before the function's code is
// loaded, so that code which replaces built-ins harms its own result at most.

const fs = require('node:fs');
const util = require('node:util');
const vm = require('node:vm');
const { Writable } = require('node:stream');
const { createRequire, stripTypeScriptTypes } = require('node:module');
const { pathToFileURL } = require('node:url');
const { Console } = require('node:console');

const CHANNEL = 3;
const EGRESS_FILE = require('node:path').join(__dirname, 'egress.cjs');
const RESOURCE_FILE = require('node:path').join(__dirname, 'resource.cjs');
const TYPE = { JOB: 0x01, READY: 0x10, LOG: 0x11, RESULT: 0x12, FAILURE: 0x13, PROGRESS: 0x14 };
const LEVEL = { debug: 0, info: 1, warn: 2, error: 3 };
const LARGEST_LOG = 32 * 1024;

const uncurry = (method) => Function.prototype.call.bind(method);
const subarray = uncurry(Buffer.prototype.subarray);
const readUInt32 = uncurry(Buffer.prototype.readUInt32BE);
const writeUInt32 = uncurry(Buffer.prototype.writeUInt32BE);
const bytesToString = uncurry(Buffer.prototype.toString);
const copyBytes = uncurry(Buffer.prototype.copy);
const replaceAll = uncurry(String.prototype.replaceAll);
const { alloc, from: bytesOf } = Buffer;
const { mkdirSync, readSync, writeSync, writeFileSync } = fs;
const { parse, stringify } = JSON;
const { format } = util;
const { exit, cwd } = process;
const now = Date.now;
const create = Object.create;
const directory = cwd();
const erasedDirectory = directory + '/erased';
let bundle;

function send(type, body) {
  const frame = alloc(5 + body.length);
  frame[0] = type;
  writeUInt32(frame, body.length, 1);
  copyBytes(body, frame, 5);
  for (let sent = 0; sent < frame.length; ) {
    sent += writeSync(CHANNEL, frame, sent, frame.length - sent);
  }
}

function receive(length) {
  const bytes = alloc(length);
  for (let got = 0; got < length; ) {
    const more = readSync(CHANNEL, bytes, got, length - got, null);
    if (more === 0) exit(0); // The runner has gone, or has no use for this process.
    got += more;
  }
  return bytes;
}

function receiveJob() {
  const head = receive(5);
  if (head[0] !== TYPE.JOB) exit(70);
  const body = receive(readUInt32(head, 1));
  const settingsEnd = 4 + readUInt32(body, 0);
  const sourceEnd = settingsEnd + 4 + readUInt32(body, settingsEnd);
  return {
    settings: parse(bytesToString(body, 'utf8', 4, settingsEnd)),
    source: bytesToString(body, 'utf8', settingsEnd + 4, sourceEnd),
    input: bytesToString(body, 'utf8', sourceEnd),
  };
}

function log(level, text) {
  const bytes = bytesOf(text, 'utf8');
  for (let begin = 0; begin < bytes.length || begin === 0; begin += LARGEST_LOG) {
    const part = subarray(bytes, begin, begin + LARGEST_LOG);
    const body = alloc(1 + part.length);
    body[0] = level;
    copyBytes(part, body, 1);
    send(TYPE.LOG, body);
  }
}

function progress(percent, message = '') {
  if (!(percent >= 0 && percent <= 100)) throw new RangeError(`progress: ${percent} (expected: 0 to 100)`);
  const text = subarray(bytesOf(`${message}`, 'utf8'), 0, 1024);
  const body = alloc(1 + text.length);
  body[0] = percent;
  copyBytes(text, body, 1);
  send(TYPE.PROGRESS, body);
}

function captureConsole() {
  const stream = (level) =>
    new Writable({
      decodeStrings: false,
      write(text, _encoding, done) {
        log(level, text.endsWith('\n') ? text.slice(0, -1) : text);
        done();
      },
    });
  const captured = new Console({ stdout: stream(LEVEL.info), stderr: stream(LEVEL.error), colorMode: false });
  captured.debug = (...values) => log(LEVEL.debug, format(...values));
  captured.warn = (...values) => log(LEVEL.warn, format(...values));
  captured.Console = Console;
  globalThis.console = captured;
}

const OF_NODE = /^\s+at .*\bnode:(internal\/|diagnostics_channel:)/;

// Paths of this process's own directory mean nothing to the function's author.
function readable(stack) {
  const places = [erasedDirectory + '/', directory + '/', ...(bundle === undefined ? [] : [bundle])];
  let inFunction = stack;
  for (const place of places) inFunction = replaceAll(replaceAll(inFunction, pathToFileURL(place).href, ''), place, '');
  return inFunction
    .split('\n')
    .filter((line) => !line.includes(__filename) && !OF_NODE.test(line))
    .join('\n');
}

function describe(error) {
  const failure = create(null);
  if (util.types.isNativeError(error)) {
    failure.name = String(error.name);
    failure.message = String(error.message);
    failure.stack = readable(String(error.stack));
  } else {
    failure.name = 'Error';
    failure.message = format('The function threw what is not an error: %s', util.inspect(error, { depth: 2 }));
    failure.stack = '';
  }
  return failure;
}

function fail(error) {
  let body;
  try {
    body = stringify(describe(error));
  } catch {
    body = '{"name":"Error","message":"The function threw something that cannot be described.","stack":""}';
  }
  send(TYPE.FAILURE, bytesOf(body, 'utf8'));
  exit(1);
}

function succeed(value) {
  let text;
  try {
    text = stringify(value);
  } catch (cause) {
    const error = new TypeError(`The handler's result cannot be written as JSON: ${cause.message}`);
    error.stack = '';
    return fail(error);
  }
  send(TYPE.RESULT, bytesOf(text === undefined ? 'null' : text, 'utf8'));
  return exit(0);
}

const PARAMETERS = ['exports', 'require', 'module', '__filename', '__dirname'];
/** A stack that begins with a place in a file. */
const LINE = /^\S*:(\d+)\n/;
/** In the words of V8 in Node 20 to 24. */
const MODULE_SYNTAX = /Cannot use import statement|Unexpected token 'export'|Cannot use 'import\.meta'|await is only valid/;

function compile(source) {
  const options = { filename: 'function.js' };
  if (vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER !== undefined) {
    options.importModuleDynamically = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  }
  vm.compileFunction(source, PARAMETERS, options); // A syntax error is told without our own last line.
  const offer = "\n;if (typeof handler === 'function' && !module.exports.handler) module.exports.handler = handler;";
  return vm.compileFunction(source + offer, PARAMETERS, options);
}

function runScript(script) {
  const module = { exports: {} };
  script.call(module.exports, module.exports, createRequire(directory + '/function.js'), module, 'function.js', '.');
  return module.exports;
}

function importModule(source, place) {
  writeFileSync(place + '/function.mjs', source);
  return import(pathToFileURL(place + '/function.mjs').href);
}

/** A script if it can be one, else a module. What is neither is reported as an error that is told by its place in the source. */
async function loadJavaScript(source, place) {
  let script;
  try {
    script = compile(source);
  } catch (error) {
    if (!MODULE_SYNTAX.test(error.message)) throw new Unreadable(error);
    return importModule(source, place).catch((cause) => {
      throw isUnreadable(cause) ? new Unreadable(cause) : cause;
    });
  }
  return runScript(script);
}

/** Why text could not be read as JavaScript, as opposed to what its code throws. */
class Unreadable {
  constructor(error) {
    this.error = error;
  }
}

/** Whether the text could not be read: what its code throws, itself or in what it calls, has a line of the function in its stack. */
function isUnreadable(error) {
  if (!(error instanceof SyntaxError) || typeof error.stack !== 'string') return false;
  return !error.stack.includes('/function.mjs:', error.stack.indexOf('\n    at '));
}

/** What is no JavaScript may be TypeScript. */
async function load(source) {
  try {
    return await loadJavaScript(source, directory);
  } catch (unreadable) {
    if (!(unreadable instanceof Unreadable)) throw unreadable;
    const erased = withoutTypes(source, unreadable.error);
    mkdirSync(erasedDirectory);
    return loadJavaScript(erased, erasedDirectory).catch((cause) => {
      throw cause instanceof Unreadable ? cause.error : cause;
    });
  }
}

/** With blanks for types, so that lines and columns stay what they were. Throws the error when there is nothing to be gained. */
function withoutTypes(source, error) {
  if (stripTypeScriptTypes === undefined) {
    error.message += ` (in TypeScript? Types are erased by Node 22.13 and newer; this is ${process.version})`;
    throw error;
  }
  const { emitWarning } = process;
  process.emitWarning = () => {}; // That it is experimental is for us to know and not for a function's log.
  let erased;
  try {
    erased = stripTypeScriptTypes(source);
  } catch (refusal) {
    throw refusedTypes(error, refusal);
  } finally {
    process.emitWarning = emitWarning;
  }
  if (erased === source) throw error;
  return erased;
}

/** Neither reading succeeded: the error of JavaScript, and that of TypeScript where it points to another line. */
function refusedTypes(error, refusal) {
  if (refusal.code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') {
    const known = new SyntaxError(`${refusal.message}: write what is left when types are erased`);
    known.stack = 'function.js' + refusal.stack;
    return known;
  }
  const line = LINE.exec(refusal.stack)?.[1];
  if (line !== LINE.exec(error.stack)?.[1]) error.message += ` (as TypeScript, line ${line}: ${refusal.message})`;
  return error;
}

/** A bundle's files lie beside each other, and its dependencies where a runtime looks for them: a directory above. */
function loadBundle(place, main) {
  bundle = place + '/app/';
  return import(pathToFileURL(bundle + main).href);
}

function findHandler(exported) {
  const candidates = [exported.handler, exported.default?.handler, exported.default, exported];
  const handler = candidates.find((candidate) => typeof candidate === 'function');
  if (handler === undefined) {
    const error = new TypeError('The function has no handler: export a function `handler(input, context)`.');
    error.stack = '';
    throw error;
  }
  return handler;
}

function contextOf(settings) {
  const { deadlineMillis, secrets, resources, bundle: _bundle, main: _main, ...told } = settings;
  return Object.freeze({
    ...told,
    secrets: Object.freeze(Object.assign(create(null), secrets)),
    resource: (name) => resourceOf(name, resources),
    progress,
    deadline: new Date(deadlineMillis).toISOString(),
    remainingMillis: () => Math.max(0, deadlineMillis - now()),
  });
}

/** The runner refuses others too; here the function hears of it where it asks. */
function resourceOf(name, resources) {
  if (!resources.includes(name)) {
    const known = resources.length === 0 ? 'it has none' : `it has ${resources.join(', ')}`;
    throw new Error(`The function may not reach the resource ${name}: deploy a version with it in \`resources\` (${known}).`);
  }
  return new (require(RESOURCE_FILE).Resource)(name);
}

/** Node's own handler of SIGTERM ends by the signal's default, which does nothing to the first process of a namespace. */
function leaveSignalsToTheirDefault() {
  const nobody = () => {};
  process.on('SIGTERM', nobody).removeListener('SIGTERM', nobody);
}

/** Does once, while nobody waits, what comes before a handler: what runs for the first time has to be compiled and brought to memory. */
function rehearse() {
  const { settings, source, input } = {
    settings: parse('{"job":"","function":"","version":1,"deadlineMillis":0,"secrets":{},"resources":[]}'),
    source: 'const handler = (input) => input;',
    input: '{"rehearsal":true}',
  };
  const answer = findHandler(runScript(compile(source)))(parse(input), contextOf(settings));
  bytesOf(stringify(answer), 'utf8');
}

async function main() {
  captureConsole();
  leaveSignalsToTheirDefault();
  globalThis.fetch = async (...request) => require(EGRESS_FILE).fetch(...request);
  process.env.TMPDIR = directory;
  process.env.HOME = directory;
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  rehearse();
  send(TYPE.READY, alloc(0));
  const { settings, source, input } = receiveJob();
  process.on('beforeExit', () => fail(new Error('The promise of the handler was never settled: nothing is left to wait for.')));
  const context = contextOf(settings);
  const value = parse(input);
  const handler = findHandler(await (settings.bundle === undefined ? load(source) : loadBundle(settings.bundle, settings.main)));
  return handler(value, context);
}

main().then(succeed, fail);
