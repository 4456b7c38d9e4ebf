import os

def attempt(act):
    try:
        act()
        return 'ok'
    except OSError as error:
        return error.strerror
def handler(input):
    return [attempt(lambda: os.kill(-1, 0)), attempt(lambda: os.kill(0, 0))]
