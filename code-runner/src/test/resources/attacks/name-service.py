import os

def attempt(act):
    try:
        act()
        return 'ok'
    except OSError as error:
        return error.strerror
import socket

def handler(input):
    def ask():
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.sendto(b'secret.example.com', ('127.0.0.1', input['udpPort']))
    return attempt(ask)
