"""http.client, and with it urllib.request, for functions: the runner makes the requests, over a connection that this process
inherited. Frames are described in docs/protocol/runner.md, "Egress"."""

import http.client
import io
import json
import os
import select
import threading
import time
from collections import deque
from struct import pack, unpack

EGRESS = 4
REQUEST, ABORT, OPEN, BYTES, FINISH = 0x20, 0x21, 0x22, 0x23, 0x24
RESPONSE, DATA, END, ERROR, OPENED, TAKEN = 0x30, 0x31, 0x32, 0x33, 0x34, 0x35
HEAD = 9


class EgressError(OSError):
    """The runner did not make the request; `code` says why in one word."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Broker:
    """Shares the one connection among the threads that have an exchange: whoever waits reads, for all of them."""

    def __init__(self):
        self._changed = threading.Condition()
        self._writing = threading.Lock()
        self._takers = {}
        self._reading = False
        self._last = 0

    def begin(self, taker):
        """A new exchange, whose frames go to `taker(kind, body)`, one at a time and on any thread."""
        with self._changed:
            self._last += 1
            self._takers[self._last] = taker
            return self._last

    def forget(self, exchange):
        with self._changed:
            self._takers.pop(exchange, None)

    def wait(self, ready, seconds=None):
        """Reads for all until `ready()`; takers and `ready` are called one at a time."""
        until = None if seconds is None else time.monotonic() + seconds
        with self._changed:
            while not ready():
                left = None if until is None else until - time.monotonic()
                if left is not None and left <= 0:
                    raise TimeoutError('timed out')
                if self._reading:
                    self._changed.wait(left)
                else:
                    self._read_one(left)

    def _read_one(self, seconds):
        self._reading = True
        self._changed.release()
        frame = None
        try:
            if seconds is None or select.select([EGRESS], [], [], seconds)[0]:
                frame = self._read()
        finally:
            self._changed.acquire()
            self._reading = False
            self._changed.notify_all()
        if frame:
            kind, exchange, body = frame
            if exchange in self._takers:
                self._takers[exchange](kind, body)

    def send(self, kind, exchange, body):
        frame = pack('>BII', kind, exchange, len(body)) + body
        with self._writing:
            while frame:
                frame = frame[os.write(EGRESS, frame):]

    def _read(self):
        kind, exchange, length = unpack('>BII', self._receive(HEAD))
        return kind, exchange, self._receive(length)

    @staticmethod
    def _receive(length):
        parts = bytearray()
        while len(parts) < length:
            part = os.read(EGRESS, length - len(parts))
            if not part:
                raise EgressError('EGRESS_CLOSED', 'the runner closed the connection')
            parts += part
        return bytes(parts)


broker = Broker()


class Exchange:
    """One request, and the frames of its answer in their order."""

    def __init__(self, head, body):
        self._frames = deque()
        self._id = broker.begin(lambda *frame: self._frames.append(frame))
        told = json.dumps(head).encode()
        broker.send(REQUEST, self._id, pack('>I', len(told)) + told + body)

    def next(self):
        broker.wait(lambda: self._frames)
        kind, body = self._frames.popleft()
        if kind in (END, ERROR):
            broker.forget(self._id)
        if kind == ERROR:
            raise EgressError(**json.loads(body))
        return kind, body

    def abort(self):
        broker.forget(self._id)
        broker.send(ABORT, self._id, b'')


class Answer(io.RawIOBase):
    """An answer as HTTP/1.1 would bring it, for http.client to read."""

    def __init__(self, exchange):
        self._exchange = exchange
        _, told = exchange.next()
        head = json.loads(told)
        lines = [f"HTTP/1.1 {head['status']} {head['reason']}", 'Connection: close']
        hidden = ('connection', 'keep-alive', 'transfer-encoding')
        lines += [f'{name}: {value}' for name, value in head['headers'] if name.lower() not in hidden]
        self._ready = ('\r\n'.join(lines) + '\r\n\r\n').encode('latin-1', 'replace')
        self._ended = False

    def readable(self):
        return True

    def readinto(self, buffer):
        while not self._ready and not self._ended:
            kind, self._ready = self._exchange.next()
            self._ended = kind == END
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def close(self):
        if not self.closed and not self._ended:
            self._ended = True
            self._exchange.abort()
        super().close()


class EgressSocket:
    """Takes the place of a connection: collects one request, and gives its answer."""

    def __init__(self, scheme, host, port):
        self._origin = f"{scheme}://{'[' + host + ']' if ':' in host else host}:{port}"
        self._request = bytearray()
        self._answer = None

    def sendall(self, data):
        self._request += data

    def makefile(self, mode='rb', *_):
        self.ask()
        return io.BufferedReader(self._answer)

    def ask(self):
        """Makes the request, unless that has been done."""
        if not self._request:
            return
        head, _, body = bytes(self._request).partition(b'\r\n\r\n')
        self._request.clear()
        first, *lines = head.decode('latin-1').split('\r\n')
        method, target, _ = first.split(' ', 2)
        headers = [[name.strip(), value.strip()] for name, _, value in (line.partition(':') for line in lines)]
        if any(name.lower() == 'transfer-encoding' for name, _ in headers):
            body = unchunked(body)
        url = target if '://' in target else self._origin + target
        self._answer = Answer(Exchange({'method': method, 'url': url, 'headers': headers}, body))

    def close(self):
        pass

    def settimeout(self, seconds):
        pass

    setsockopt = shutdown = lambda self, *_: None


def unchunked(body):
    whole = bytearray()
    while body:
        size, _, body = body.partition(b'\r\n')
        length = int(size.split(b';')[0], 16)
        whole += body[:length]
        body = body[length + 2:]
    return bytes(whole)


def connect(scheme):
    def connect_by_runner(self):
        self.sock = EgressSocket(scheme, self.host, self.port)

    return connect_by_runner


def install():
    request = http.client.HTTPConnection.request

    def request_now(self, *arguments, **settings):
        """A refusal is told where a connection that fails would be, so that urllib tells it as its own error."""
        request(self, *arguments, **settings)
        if isinstance(self.sock, EgressSocket):
            self.sock.ask()

    http.client.HTTPConnection.request = request_now
    http.client.HTTPConnection.connect = connect('http')
    if hasattr(http.client, 'HTTPSConnection'):
        http.client.HTTPSConnection.connect = connect('https')
