import os

def attempt(act):
    try:
        act()
        return 'ok'
    except OSError as error:
        return error.strerror
def leave():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            import time
            time.sleep(1)
        os._exit(0)

def handler(input):
    return attempt(leave)
