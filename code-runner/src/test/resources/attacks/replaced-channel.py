import os

def handler(input):
    os.close(3)
    os.open('instead', os.O_CREAT | os.O_RDWR)
    while True:
        pass
