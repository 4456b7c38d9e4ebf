import os

def handler(input):
    os.write(3, b'\xee' * 100_000)
    while True:
        pass
