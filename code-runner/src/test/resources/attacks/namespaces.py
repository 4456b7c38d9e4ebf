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
    new_user, new_mounts = 0x10000000, 0x00020000
    return [native('unshare', new_user), native('setns', -1, 0), native('chroot', b'/nowhere')]
