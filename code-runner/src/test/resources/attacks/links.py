import os

def attempt(act):
    try:
        act()
        return 'ok'
    except OSError as error:
        return error.strerror
def read_through(make, target, name, below=''):
    make(target, name)
    open(name + below, 'rb').read()

def handler(input):
    return [attempt(lambda: read_through(os.symlink, input['secret'], 'soft')),
        attempt(lambda: read_through(os.link, input['secret'], 'hard')),
        attempt(lambda: read_through(os.symlink, '/etc', 'folder', '/passwd'))]
