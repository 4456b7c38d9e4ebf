"""http.client, and with it urllib.request, for functions: the runner makes the requests, over a connection that this process
inherited. Frames are described in docs/protocol/runner.md, "Egress"."""

import http.client
import io
import json
import os
import threading
from collections import deque
from struct import pack, unpack

EGRESS = 4
REQUEST, ABORT, RESPONSE, DATA, END, ERROR = 0x20, 0x21, 0x30, 0x31, 0x32, 0x33
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
        self._events = {}
        self._reading = False
        self._last = 0

    def begin(self, head, body):
        with self._changed:
            self._last += 1
            exchange = self._last
            self._events[exchange] = deque()
        told = json.dumps(head).encode()
        self._send(REQUEST, exchange, pack('>I', len(told)) + told + body)
        return exchange

    def forget(self, exchange):
        with self._changed:
            if self._events.pop(exchange, None) is None:
                return
        self._send(ABORT, exchange, b'')

    def next(self, exchange):
        """The next frame of an exchange, as its type and body."""
        with self._changed:
            while not self._events[exchange]:
                if self._reading:
                    self._changed.wait()
                    continue
                self._reading = True
                self._changed.release()
                try:
                    kind, other, body = self._read()
                finally:
                    self._changed.acquire()
                    self._reading = False
                    self._changed.notify_all()
                if other in self._events:
                    self._events[other].append((kind, body))
            kind, body = self._events[exchange].popleft()
            if kind in (END, ERROR):
                del self._events[exchange]
        if kind == ERROR:
            raise EgressError(**json.loads(body))
        return kind, body

    def _send(self, kind, exchange, body):
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


class Answer(io.RawIOBase):
    """An answer as HTTP/1.1 would bring it, for http.client to read."""

    def __init__(self, exchange):
        self._exchange = exchange
        _, told = broker.next(exchange)
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
            kind, self._ready = broker.next(self._exchange)
            self._ended = kind == END
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def close(self):
        if not self.closed and not self._ended:
            self._ended = True
            broker.forget(self._exchange)
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
        self._answer = Answer(broker.begin({'method': method, 'url': url, 'headers': headers}, body))

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
