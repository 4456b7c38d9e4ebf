import os

def attempt(act):
    try:
        act()
        return 'ok'
    except OSError as error:
        return error.strerror
def handler(input):
    d = input['directory']
    return [attempt(lambda: open(d + '/new', 'w')), attempt(lambda: os.mkdir(d + '/made')),
        attempt(lambda: open(d + '/file', 'a').write('x')), attempt(lambda: os.truncate(d + '/file', 0)),
        attempt(lambda: os.chmod(d + '/file', 0o666)), attempt(lambda: os.utime(d + '/file', (1, 1))),
        attempt(lambda: os.rename(d + '/file', d + '/gone')), attempt(lambda: os.unlink(d + '/other'))]
