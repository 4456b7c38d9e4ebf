# Starts registries.conf with the registries that the environment names; without a slash at their ends.
set -eu
npm=${BASCULE_REGISTRIES_NPM:-https://registry.npmjs.org}
pypi=${BASCULE_REGISTRIES_PYPI:-https://pypi.org/simple}
files=${BASCULE_REGISTRIES_PYPIFILES:-https://files.pythonhosted.org}
for url in "$npm" "$pypi" "$files"; do
  echo "$url" | grep -Eqx 'https?://[][A-Za-z0-9.:_-]+(/[A-Za-z0-9._~/-]*)?' || {
    echo "registries: $(echo "$url" | sed 's|//.*@|//***@|') (expected: http(s)://HOST[:PORT][/PATH], without a password)" >&2
    exit 1
  }
done
resolver=$(sed -n 's/^nameserver  *//p' /etc/resolv.conf | head -n 1)
case $resolver in *:*) resolver="[$resolver]" ;; esac
sed -e "s|@NPM@|${npm%/}|g" -e "s|@PYPI@|${pypi%/}|g" -e "s|@FILES@|${files%/}|g" -e "s|@RESOLVER@|$resolver|g" \
  /app/registries.conf >/tmp/nginx.conf
exec nginx -c /tmp/nginx.conf -g 'daemon off;'
