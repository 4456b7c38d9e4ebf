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
    x86 = os.uname().machine == 'x86_64'
    call = lambda x86_64, arm, *arguments: native('syscall', x86_64 if x86 else arm, *arguments)
    return [call(41, 198, 1, 1, 0), call(101, 117, 0x4206, input['pid'], 0, 0), call(319, 279, b'x', 0),
        call(425, 425, 1, ctypes.create_string_buffer(256)), call(434, 434, input['pid'], 0), call(298, 241, None, 0, -1, -1, 0)]
