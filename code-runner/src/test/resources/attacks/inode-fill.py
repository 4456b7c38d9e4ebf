import time

def handler(input):
    for n in range(20000):
        open(f'file{n}', 'w').close()
        if n % 100 == 0:
            time.sleep(0.002)
    if input['confined']:  # The runner looks now and then: what is too much stays until it has.
        time.sleep(30)
    return 'ok'
