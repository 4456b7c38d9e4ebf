import os

def attempt(act):
    try:
        act()
        return 'ok'
    except OSError as error:
        return error.strerror
import socket

def handler(input):
    def connect():
        socket.create_connection(('127.0.0.1', input['port'])).close()
    kinds = [(socket.AF_INET, socket.SOCK_STREAM), (socket.AF_INET6, socket.SOCK_STREAM), (socket.AF_UNIX, socket.SOCK_STREAM),
        (socket.AF_NETLINK, socket.SOCK_RAW)]
    return ([attempt(connect), attempt(lambda: socket.socketpair())]
        + [attempt(lambda: socket.socket(*kind).close()) for kind in kinds])
