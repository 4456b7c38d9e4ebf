def handler(input):
    kept = [bytearray(b'x' * (1 << 20)) for _ in range(600)]
    return 'ok'
