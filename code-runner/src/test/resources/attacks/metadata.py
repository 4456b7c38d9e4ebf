import urllib.error, urllib.request

def handler(input):
    try:
        urllib.request.urlopen('http://169.254.169.254/latest/meta-data/')
        return 'ok'
    except urllib.error.URLError as error:
        return str(error.reason)
