def handler(input):
    with open('file', 'wb') as file:
        for _ in range(80):
            file.write(bytes(1 << 20))
    return 'ok'
