import os

def attempt(act):
    try:
        act()
        return 'ok'
    except OSError as error:
        return error.strerror
def handler(input):
    return [attempt(lambda: os.setuid(os.getuid())), attempt(lambda: os.setgid(os.getgid())),
        attempt(lambda: os.setresuid(-1, -1, -1))]
