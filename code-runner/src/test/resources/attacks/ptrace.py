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
    seize, attach, detach = 0x4206, 16, 17
    results = [native('ptrace', seize, input['pid'], None, None)]
    native('ptrace', detach, input['pid'], None, None)
    memory = attempt(lambda: os.close(os.open(f"/proc/{input['pid']}/mem", os.O_RDONLY)))
    return results + [memory, native('process_vm_readv', input['pid'], None, 0, None, 0, 0)]
