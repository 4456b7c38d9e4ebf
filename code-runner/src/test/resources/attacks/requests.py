import urllib.error, urllib.request

def attempt(url):
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.read().decode()
    except urllib.error.URLError as error:
        return str(error.reason)

def handler(input):
    return [attempt(input['hidden']), attempt(input['redirecting'])]
