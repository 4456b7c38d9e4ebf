def handler(input):
    return 'ok' if len(bytearray(600 << 20)) else ''
