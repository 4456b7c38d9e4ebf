import os

def attempt(act):
    try:
        act()
        return 'ok'
    except OSError as error:
        return error.strerror
def handler(input):
    files = ['/etc/passwd', input['secret'], input['otherJob']]
    return ([attempt(lambda: open(file, 'rb').read()) for file in files]
        + [attempt(lambda: os.listdir(place)) for place in ['/etc', '/', '/tmp', '/proc', '..']])
