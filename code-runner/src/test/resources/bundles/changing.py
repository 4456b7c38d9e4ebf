import os
def handler(input, context):
    own = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    done = []
    def attempt(name, what):
        try:
            what()
            done.append(name)
        except OSError:
            pass
    attempt('read', lambda: open(own + '/app/main.py').read())
    attempt('list', lambda: os.listdir(own + '/app'))
    attempt('write', lambda: open(own + '/app/main.py', 'w'))
    attempt('new', lambda: open(own + '/app/new', 'w'))
    attempt('remove', lambda: os.remove(own + '/app/main.py'))
    attempt('rename', lambda: os.rename(own + '/app', own + '/b'))
    attempt('link', lambda: os.link(own + '/app/main.py', 'mine'))
    attempt('others', lambda: [n for n in os.listdir(own + '/..') if n.startswith('bundle-')][0])
    return done
