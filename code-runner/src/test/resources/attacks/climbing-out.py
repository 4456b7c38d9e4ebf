import os

def attempt(act):
    try:
        act()
        return 'ok'
    except OSError as error:
        return error.strerror

def handler(input):
    def unpack(name):
        os.makedirs('a', exist_ok=True)
        with open(name, 'w'):
            pass
        os.unlink(name)
    return [attempt(lambda: unpack(name)) for name in ['../climbed', '../../climbed', 'a/../../climbed']]
