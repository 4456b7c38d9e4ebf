import signal, time

def handler(input):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(30 if input['confined'] else 0.4)
    return 'ok'
