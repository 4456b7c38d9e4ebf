"""Runs functions in Python.

Started once, it imports what functions commonly use and becomes the sandbox launcher (a library, see launcher.c): each of
its forks confines itself and goes on here as the process of one job. It waits for the job on the inherited channel, calls
its handler and answers once. Frames are described in docs/protocol/runner.md. What this file needs is captured before the
function's code is loaded, so that code which replaces built-ins harms its own result at most.
"""

import builtins

__builtins__ = dict(vars(builtins))  # functions below keep these, whatever becomes of the others

import asyncio.selector_events
import ctypes
import gc
import importlib.util
import inspect
import io
import linecache
import logging
import mimetypes
import os
import signal
import sys
import threading
import time
import traceback
import types
from datetime import datetime, timezone
from json import dumps, loads
from struct import pack, unpack_from

CHANNEL = 3
JOB, READY, LOG, RESULT, FAILURE, PROGRESS = 0x01, 0x10, 0x11, 0x12, 0x13, 0x14
DEBUG, INFO, WARN, ERROR = 0, 1, 2, 3
LARGEST_LOG = 32 * 1024
IN_JOB = -1
FILE = 'function.py'

# Imported once, shared by all jobs: the start of a job does not pay for them.
COMMON = (
    'argparse base64 bisect bz2 calendar collections.abc concurrent.futures contextlib copy csv dataclasses decimal difflib '
    'email.message email.mime.multipart email.mime.text encodings.idna enum fractions functools getpass glob gzip hashlib '
    'heapq hmac html html.parser http.client itertools lzma math operator pathlib pickle pprint queue random re secrets '
    'shutil sqlite3 ssl statistics string subprocess tempfile textwrap typing unicodedata urllib.parse urllib.request uuid '
    'xml.etree.ElementTree zipfile zlib zoneinfo'
).split()

read, write, exit_now = os.read, os.write, os._exit
sending = threading.RLock()


def send(kind, body):
    frame = pack('>BI', kind, len(body)) + body
    with sending:
        while frame:
            frame = frame[write(CHANNEL, frame):]


def receive(length):
    parts = bytearray()
    while len(parts) < length:
        part = read(CHANNEL, length - len(parts))
        if not part:
            exit_now(0)  # The runner has gone, or has no use for this process.
        parts += part
    return bytes(parts)


def receive_job():
    kind, length = unpack_from('>BI', receive(5))
    if kind != JOB:
        exit_now(70)
    body = receive(length)
    (settings_length,) = unpack_from('>I', body)
    source_begin = 8 + settings_length
    (source_length,) = unpack_from('>I', body, source_begin - 4)
    source_end = source_begin + source_length
    return loads(body[4 : source_begin - 4]), body[source_begin:source_end].decode(), loads(body[source_end:])


def log(level, text):
    data = text.encode('utf-8', 'replace')
    for begin in range(0, max(1, len(data)), LARGEST_LOG):
        send(LOG, bytes([level]) + data[begin : begin + LARGEST_LOG])


class LogStream(io.TextIOBase):
    """Standard output or error: each line is a line of the log."""

    encoding = 'utf-8'

    def __init__(self, level, descriptor):
        self._level = level
        self._begun = ''
        self.buffer = io.FileIO(descriptor, 'w', closefd=False)

    def writable(self):
        return True

    def fileno(self):
        return self.buffer.fileno()

    def write(self, text):
        lines, newline, rest = (self._begun + text).rpartition('\n')
        self._begun = rest
        if newline:
            log(self._level, lines)
        elif len(rest) > LARGEST_LOG:
            self.flush()
        return len(text)

    def flush(self):
        begun, self._begun = self._begun, ''
        if begun:
            log(self._level, begun)


class LogHandler(logging.Handler):
    """What the logging module records comes with its level."""

    def emit(self, record):
        level = DEBUG if record.levelno < 20 else INFO if record.levelno < 30 else WARN if record.levelno < 40 else ERROR
        log(level, self.format(record))


class Context:
    """What a function may know of its job."""

    __slots__ = ('job', 'function', 'version', 'secrets', 'deadline', '_deadline_millis', '_resources')

    def __init__(self, job, function, version, deadlineMillis, secrets, resources):
        self.job = job
        self.function = function
        self.version = version
        self.secrets = types.MappingProxyType(secrets)
        self.deadline = datetime.fromtimestamp(deadlineMillis / 1000, timezone.utc).isoformat(timespec='milliseconds')
        self._deadline_millis = deadlineMillis
        self._resources = resources

    def progress(self, percent, message=''):
        if not 0 <= percent <= 100:
            raise ValueError(f'progress: {percent} (expected: 0 to 100)')
        send(PROGRESS, bytes([int(percent)]) + str(message).encode('utf-8', 'replace')[:1024])

    def resource(self, name):
        if name not in self._resources:  # The runner refuses it too; here the function hears of it where it asks.
            known = 'it has ' + ', '.join(self._resources) if self._resources else 'it has none'
            raise PermissionError(
                f'The function may not reach the resource {name}: deploy a version with it in `resources` ({known}).'
            )
        return resource_module.Resource(name)

    def remaining_millis(self):
        return max(0, self._deadline_millis - int(time.time() * 1000))


class PipeEnd:
    """Takes the place of one end of a socket pair, which no job may make."""

    def __init__(self, descriptor):
        self._descriptor = descriptor
        os.set_blocking(descriptor, False)

    def fileno(self):
        return self._descriptor

    def recv(self, size):
        return os.read(self._descriptor, size)

    def send(self, data):
        return os.write(self._descriptor, data)

    def close(self):
        os.close(self._descriptor)


def make_self_pipe(loop):
    loop._ssock, loop._csock = map(PipeEnd, os.pipe())
    loop._internal_fds += 1
    loop._add_reader(loop._ssock.fileno(), loop._read_from_self)


asyncio.selector_events.BaseSelectorEventLoop._make_self_pipe = make_self_pipe


def stack_of(error, directory):
    frame = error.__traceback__
    while frame is not None and frame.tb_frame.f_code.co_filename == __file__:
        frame = frame.tb_next
    lines = traceback.format_exception(type(error), error, frame)
    return ''.join(lines).replace(directory + '/', '').rstrip()


def fail(error, directory):
    try:
        told = {'name': type(error).__name__, 'message': str(error), 'stack': stack_of(error, directory)}
    except BaseException:
        told = {'name': 'Error', 'message': 'The function failed with something that cannot be described.', 'stack': ''}
    send(FAILURE, dumps({key: text[:80_000] for key, text in told.items()}).encode())
    exit_now(1)


def refuse(name, message):
    send(FAILURE, dumps({'name': name, 'message': message, 'stack': ''}).encode())
    exit_now(1)


def as_json(value):
    try:
        text = dumps(value, allow_nan=False, separators=(',', ':'), ensure_ascii=False)
        return text.encode()
    except UnicodeEncodeError:
        return dumps(value, allow_nan=False, separators=(',', ':')).encode()
    except (TypeError, ValueError, RecursionError) as cause:
        return refuse('TypeError', f"The handler's result cannot be written as JSON: {cause}")


def load_bundle(place, main):
    """A bundle's files lie beside each other, and its dependencies in site-packages."""
    app = os.path.join(place, 'app')
    sys.path.insert(0, os.path.dirname(os.path.join(app, main)))
    if app not in sys.path:
        sys.path.insert(1, app)
    sys.path.append(os.path.join(place, 'site-packages'))
    spec = importlib.util.spec_from_file_location('function', os.path.join(app, main))
    module = importlib.util.module_from_spec(spec)
    sys.modules['function'] = module
    spec.loader.exec_module(module)
    return handler_of(module)


def load(source):
    linecache.cache[FILE] = (len(source), None, source.splitlines(keepends=True), FILE)
    module = types.ModuleType('function')
    module.__file__ = FILE
    module.__builtins__ = builtins
    sys.modules['function'] = module
    exec(compile(source, FILE, 'exec', dont_inherit=True), module.__dict__)
    return handler_of(module)


def handler_of(module):
    handler = getattr(module, 'handler', None)
    if not callable(handler):
        refuse('TypeError', 'The function has no handler: define a function `handler(input, context)`.')
    return handler


def call(handler, value, context):
    try:
        wanted = inspect.signature(handler).parameters.values()
    except (TypeError, ValueError):
        wanted = ()
    one_only = len(wanted) == 1 and all(p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) for p in wanted)
    result = handler(value) if one_only else handler(value, context)
    if inspect.iscoroutine(result):
        return asyncio.run(result)
    return result


def settle_in(directory):
    """Gives the process of a job its own surroundings."""
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    os.environ.clear()
    os.environ.update(TMPDIR=directory, HOME=directory)
    sys.argv[:] = [FILE]
    sys.path.insert(0, directory)
    sys.stdin = io.StringIO()
    sys.stdout = sys.__stdout__ = LogStream(INFO, 1)
    sys.stderr = sys.__stderr__ = LogStream(ERROR, 2)
    logging.basicConfig(handlers=[LogHandler()], level=logging.INFO, format='%(message)s')


def rehearse():
    """Does once, while nobody waits, what comes before a handler: a fork's memory is its own only after it was used."""
    settings = loads('{"job":"","function":"","version":1,"deadlineMillis":0,"secrets":{},"resources":[]}')
    as_json(call(load('def handler(input, context): return input'), loads('{"rehearsal":true}'), Context(**settings)))
    del sys.modules['function'], linecache.cache[FILE]


def run_job():
    directory = os.getcwd()
    settle_in(directory)
    stdout, stderr = sys.stdout, sys.stderr
    rehearse()
    send(READY, b'')
    settings, source, value = receive_job()
    bundle, main = settings.pop('bundle', None), settings.pop('main', None)
    try:
        handler = load(source) if bundle is None else load_bundle(bundle, main)
        result = call(handler, value, Context(**settings))
    except SystemExit as ending:
        exit_now(ending.code if isinstance(ending.code, int) else 0 if ending.code is None else 1)
    except BaseException as error:
        stdout.flush()
        stderr.flush()
        fail(error, directory if bundle is None else os.path.join(bundle, 'app'))
    stdout.flush()
    stderr.flush()
    send(RESULT, as_json(result))
    exit_now(0)


def load_beside(name):
    """Loads what is beside this file; a job's process could not read it."""
    spec = importlib.util.spec_from_file_location(name, os.path.join(os.path.dirname(__file__), name + '.py'))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def install_egress():
    """Requests and resources, by modules that functions cannot import: another one has the second name."""
    global resource_module
    load_beside('egress').install()
    resource_module = load_beside('resource')
    for name in ('egress', 'resource'):
        del sys.modules[name]


def make_process():
    try:
        return os.fork()
    except OSError:
        return -1


def prepare():
    mimetypes.init(files=[])
    for name in COMMON:
        try:
            importlib.import_module(name)
        except ImportError:
            pass  # Not every build of Python has all of it.
    install_egress()
    gc.collect()
    gc.freeze()


def main():
    prepare()
    library = ctypes.PyDLL(sys.argv[1])
    arguments = [argument.encode() for argument in ['sandbox-launcher', *sys.argv[2:]]]
    array = (ctypes.c_char_p * (len(arguments) + 1))(*arguments, None)
    maker = ctypes.PYFUNCTYPE(ctypes.c_int)(make_process)
    outcome = library.sandbox_launcher(len(arguments), array, maker)
    if outcome != IN_JOB:
        exit_now(outcome)
    run_job()


main()
