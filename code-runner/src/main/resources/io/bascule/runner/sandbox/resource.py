"""`context.resource(name)` for functions: connections that the runner's caller carries, through a tunnel. Frames are described in
docs/protocol/runner.md, "Resources"."""

import http.client
import io
import json
import threading
from collections import deque
from struct import unpack
from urllib.parse import urlsplit

try:
    import ssl
except ImportError:
    ssl = None  # Not every build of Python has it.

from egress import ABORT, BYTES, DATA, END, ERROR, FINISH, OPEN, OPENED, TAKEN, EgressError, broker

WINDOW = 256 * 1024
LARGEST_PIECE = 64 * 1024


class StreamSocket:
    """What libraries use of a socket.socket, over `recv_into`, `send` and `_close`. It is closed once its files are, too."""

    _files = 0
    _close_wanted = False

    def recv(self, size, flags=0):
        buffer = bytearray(min(size, LARGEST_PIECE))
        return bytes(buffer[:self.recv_into(buffer)])

    def sendall(self, data, flags=0):
        rest = memoryview(data).cast('B')
        while rest:
            rest = rest[self.send(rest):]

    def makefile(self, mode='r', buffering=None, *, encoding=None, errors=None, newline=None):
        raw = SocketFile(self)
        if buffering == 0:
            return raw
        reads, writes = 'r' in mode or '+' in mode, 'w' in mode or '+' in mode
        kind = io.BufferedRWPair if reads and writes else io.BufferedWriter if writes else io.BufferedReader
        file = kind(raw, raw) if reads and writes else kind(raw)
        return file if 'b' in mode else io.TextIOWrapper(file, encoding, errors, newline)

    def close(self):
        self._close_wanted = True
        if self._files <= 0:
            self._close()

    def file_closed(self):
        self._files -= 1
        if self._close_wanted:
            self.close()

    def fileno(self):
        return -1

    def setsockopt(self, *_):
        pass

    setblocking = setsockopt

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class SocketFile(io.RawIOBase):
    """A socket as a file."""

    def __init__(self, socket):
        self._socket = socket
        socket._files += 1

    def close(self):
        if not self.closed:
            super().close()
            self._socket.file_closed()

    def readable(self):
        return True

    def writable(self):
        return True

    def readinto(self, buffer):
        return self._socket.recv_into(buffer)

    def write(self, data):
        return self._socket.send(data)


class ResourceSocket(StreamSocket):
    """A connection to a resource."""

    def __init__(self, name, timeout=None):
        self._timeout = timeout
        self._pieces = deque()
        self._sending = threading.Lock()
        self._sent = self._taken = 0
        self._opened = self._received_all = self._sent_all = self._closed = False
        self._error = None
        self._id = broker.begin(self._take)
        broker.send(OPEN, self._id, name.encode())
        self._wait(lambda: self._opened)

    def _take(self, kind, body):
        if kind == OPENED:
            self._opened = True
        elif kind == DATA:
            self._pieces.append(memoryview(body))
        elif kind == END:
            self._received_all = True
        elif kind == TAKEN:
            self._taken += unpack('>I', body)[0]
        elif kind == ERROR:
            self._error = json.loads(body)
            broker.forget(self._id)

    def _wait(self, ready):
        """Until it is ready, unless the connection ended first."""
        broker.wait(lambda: ready() or self._error or self._closed, self._timeout)
        if self._closed:
            raise OSError('the connection is closed')
        if self._error and not ready():
            raise EgressError(**self._error)

    def _credit(self):
        return WINDOW - (self._sent - self._taken)

    def recv_into(self, buffer, nbytes=0, flags=0):
        self._wait(lambda: self._pieces or self._received_all)
        if not self._pieces:
            return 0
        piece = self._pieces.popleft()
        size = min(nbytes or len(buffer), len(piece))
        buffer[:size] = piece[:size]
        if size < len(piece):
            self._pieces.appendleft(piece[size:])
        return size

    def send(self, data, flags=0):
        if self._sent_all:
            raise BrokenPipeError('the connection was shut down')
        with self._sending:
            self._wait(lambda: self._credit() > 0)
            if self._error:
                raise EgressError(**self._error)
            piece = bytes(memoryview(data).cast('B')[:min(self._credit(), LARGEST_PIECE)])
            self._sent += len(piece)
            if piece:
                broker.send(BYTES, self._id, piece)
        return len(piece)

    def shutdown(self, how):
        """No more is sent; returns when what was sent is on its way. Receiving cannot be shut down alone."""
        if how != 0 and not self._sent_all:
            self._wait(lambda: self._sent == self._taken)
            self._sent_all = True
            broker.send(FINISH, self._id, b'')

    def _close(self):
        """What was sent still goes; who wants to hear of its arrival waits for an answer."""
        if self._closed:
            return
        try:
            self.shutdown(1)
        except OSError:
            pass
        self._closed = True
        broker.forget(self._id)
        if not self._error and not (self._sent_all and self._received_all):
            broker.send(ABORT, self._id, b'')

    def settimeout(self, seconds):
        self._timeout = seconds

    def gettimeout(self):
        return self._timeout

    def start_tls(self, context=None, server_hostname=None):
        """The same connection with TLS on it."""
        return TlsSocket(self, context or ssl.create_default_context(), server_hostname)


class TlsSocket(StreamSocket):
    """TLS over a connection that is no socket of the system's."""

    def __init__(self, plain, context, server_hostname):
        self._plain = plain
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=server_hostname)
        self._do(self._tls.do_handshake)

    def _do(self, action, *arguments):
        while True:
            try:
                result = action(*arguments)
            except ssl.SSLWantReadError:
                self._flush()
                received = self._plain.recv(LARGEST_PIECE)
                if received:
                    self._incoming.write(received)
                else:
                    self._incoming.write_eof()
            else:
                self._flush()
                return result

    def _flush(self):
        pending = self._outgoing.read()
        if pending:
            self._plain.sendall(pending)

    def recv_into(self, buffer, nbytes=0, flags=0):
        try:
            return self._do(self._tls.read, nbytes or len(buffer), buffer)
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            return 0

    def send(self, data, flags=0):
        return self._do(self._tls.write, data)

    def getpeercert(self, binary_form=False):
        return self._tls.getpeercert(binary_form)

    def shutdown(self, how):
        self._plain.shutdown(how)

    def _close(self):
        self._plain.close()

    def settimeout(self, seconds):
        self._plain.settimeout(seconds)

    def gettimeout(self):
        return self._plain.gettimeout()


class ResourceConnection(http.client.HTTPConnection):
    """An http.client connection to a resource."""

    def __init__(self, resource, host, timeout=None, tls=None, server_hostname=None):
        super().__init__(host)
        self._resource, self._seconds, self._tls, self._name = resource, timeout, tls, server_hostname

    def connect(self):
        self.sock = self._resource.connect(self._seconds)
        if self._tls:
            self.sock = self.sock.start_tls(self._tls, self._name)


class Resource:
    """A resource that the function may reach."""

    __slots__ = ('name',)

    def __init__(self, name):
        self.name = name

    def connect(self, timeout=None):
        """A connection, to be used as a socket.socket; `timeout` in seconds is for each of its steps."""
        return ResourceSocket(self.name, timeout)

    def request(self, method, url, body=None, headers=None, timeout=None, context=None):
        """Sends one request over a connection of its own and returns the http.client.HTTPResponse. Whatever host the URL
        names, it is the resource that is asked; `context` is the ssl.SSLContext for https."""
        parts = urlsplit(url)
        tls = (context or ssl.create_default_context()) if parts.scheme == 'https' else None
        connection = ResourceConnection(self, parts.netloc or self.name, timeout, tls, parts.hostname)
        target = (parts.path or '/') + ('?' + parts.query if parts.query else '')
        connection.request(method, target, body, {'Connection': 'close', **(headers or {})})
        return connection.getresponse()
