import os

def handler(input):
    os.write(3, b'\x14\x00\x00\x00\x01\x65')
    while True:
        pass
