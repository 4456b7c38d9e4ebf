import os

def attempt(act):
    try:
        act()
        return 'ok'
    except OSError as error:
        return error.strerror

import ctypes
libc = ctypes.CDLL(None, use_errno=True)

def native(name, *arguments):
    """'ok' when the call came through to the kernel, whatever that then said of its arguments."""
    ctypes.set_errno(0)
    result = getattr(libc, name)(*arguments)
    refused = result < 0 and ctypes.get_errno() in (1, 13, 38)
    return os.strerror(ctypes.get_errno()) if refused else 'ok'

def handler(input):
    bpf, keyctl, perf_event_open = (321, 250, 298) if os.uname().machine == 'x86_64' else (280, 219, 241)
    return [native('syscall', bpf, -1, None, 0), native('syscall', keyctl, 0, -3, 1, 0, 0),
        native('syscall', perf_event_open, None, 0, -1, -1, 0)]
