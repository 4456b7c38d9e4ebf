import os

def attempt(act):
    try:
        act()
        return 'ok'
    except OSError as error:
        return error.strerror
def handler(input):
    files = [f"/proc/{input['pid']}/environ", f"/proc/{os.getppid()}/environ", f"/proc/{input['pid']}/cmdline"]
    return [attempt(lambda: open(file, 'rb').read()) for file in files]
