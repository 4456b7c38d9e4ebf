# Starts PgBouncer; who has the database's password may use it, and see its statistics.
set -eu
umask 077
password=$(cat "${BASCULE_DATABASE_PASSWORD_FILE:?set it to the file with the password}")
printf '"bascule" "%s"\n' "$password" >/tmp/users
exec pgbouncer /app/pgbouncer.ini
