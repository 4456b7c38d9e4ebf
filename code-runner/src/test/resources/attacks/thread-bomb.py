import threading, time

def handler(input):
    threading.stack_size(256 * 1024)
    threads = [threading.Thread(target=time.sleep, args=(30 if input['confined'] else 1,)) for _ in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return 'ok'
