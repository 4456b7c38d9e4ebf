def handler(input):
    return ['ok', 'x' * (8 << 20)]
