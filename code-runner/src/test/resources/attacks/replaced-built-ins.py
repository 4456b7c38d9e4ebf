import builtins, json, os, struct

def refuse(*_, **__):
    raise RuntimeError('replaced')

def handler(input):
    json.dumps = json.loads = struct.pack = struct.unpack_from = os.write = os.read = os._exit = refuse
    for name in ('bytes', 'getattr', 'len', 'open', 'print', 'range'):
        setattr(builtins, name, refuse)
    return 42
