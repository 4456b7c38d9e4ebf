import signal, time

def handler(input):
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGXCPU):
        signal.signal(number, signal.SIG_IGN)
    while time.process_time() < 3:
        pass
    return 'ok'
