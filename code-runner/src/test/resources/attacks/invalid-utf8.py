import os

def handler(input):
    os.write(3, b'\x12\x00\x00\x00\x04\x22\xc3\x28\x22')
    while True:
        pass
