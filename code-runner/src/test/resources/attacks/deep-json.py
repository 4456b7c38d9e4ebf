def handler(input):
    value = 1
    for _ in range(500):
        value = [value]
    return value
