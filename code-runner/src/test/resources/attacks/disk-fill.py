import time

def handler(input):
    for n in range(120):
        with open(f'file{n}', 'wb') as file:
            file.write(bytes(1 << 20))
        time.sleep(0.005)
    if input['confined']:  # The runner looks now and then: what is too much stays until it has.
        time.sleep(30)
    return 'ok'
