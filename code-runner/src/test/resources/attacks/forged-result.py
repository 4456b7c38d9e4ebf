import os

def handler(input):
    os.write(3, b'\x12\x00\x00\x00\x08"forged"')
    while True:
        pass
