import os

def attempt(act):
    try:
        act()
        return 'ok'
    except OSError as error:
        return error.strerror
import subprocess
def handler(input):
    def become():
        # A call that succeeds does not return: only the sandbox may try it in its own process.
        if input['confined']:
            os.execv('/bin/true', ['true'])
    return [attempt(become) if input['confined'] else 'ok', attempt(lambda: subprocess.run(['/bin/true'])),
        attempt(lambda: subprocess.run(['/bin/true'], env={'LD_PRELOAD': 'libm.so.6'}))]
