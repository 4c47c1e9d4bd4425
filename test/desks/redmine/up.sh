#!/usr/bin/env bash
# Serves a seeded Redmine at http://127.0.0.1:8082/redmine. Safe to run again: what is there stays.
# Exit code 0: it answers, and users, projects and settings are in place. Needs install.sh first.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/env.sh"
log=$REDMINE_DESK_DIR/redmine.log

if [ ! -e /usr/share/redmine/config/environment.rb ]; then
  echo 'Redmine is not installed: run test/desks/redmine/install.sh as root.' >&2
  exit 1
fi
if redmine_is_running && curl -fsSL -o /dev/null "$REDMINE_ADDRESS/login" 2>/dev/null; then
  echo "Redmine answers at $REDMINE_ADDRESS"
  exit 0
fi

# As root, Redmine runs as the web server's user, as it does in production; else as whoever called.
as_redmine=()
if [ "$(id -u)" = 0 ]; then
  as_redmine=(setpriv --reuid=www-data --regid=www-data --init-groups --)
fi

mkdir -p "$REDMINE_DESK_DIR"/{config,files,log,tmp,public}
cat > "$REDMINE_DESK_DIR/config/database.yml" <<CONFIG
production:
  adapter: sqlite3
  database: $REDMINE_DESK_DIR/desk.sqlite
  timeout: 10000
CONFIG
# A secret of its own, so that logins stay valid over a restart.
if [ ! -s "$REDMINE_DESK_DIR/config/secret_key.txt" ]; then
  head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' > "$REDMINE_DESK_DIR/config/secret_key.txt"
fi
# The server's user cannot always read the repository.
cp "$here/seed.rb" "$here/config.ru" "$REDMINE_DESK_DIR/config/"
if [ "$(id -u)" = 0 ]; then chown -R www-data:www-data "$REDMINE_DESK_DIR"; fi

# The package looks for an instance's settings in /usr/share/redmine/instances/<name>: this name leads out of there, so a
# Redmine that is on the machine stays as it is.
export RAILS_ENV=production HOME=$REDMINE_DESK_DIR/tmp
export REDMINE_INSTANCE=../../../..$REDMINE_DESK_DIR RAILS_RELATIVE_URL_ROOT=/redmine SCHEMA=$REDMINE_DESK_DIR/schema.rb
unset X_DEBIAN_SITEID
cd /usr/share/redmine

# An interrupted first run leaves a database without its last step; start it over.
if [ ! -e "$REDMINE_DESK_DIR/database-ready" ]; then
  rm -f "$REDMINE_DESK_DIR"/desk.sqlite*
  "${as_redmine[@]}" ruby bin/rails db:migrate >> "$log" 2>&1 </dev/null
  touch "$REDMINE_DESK_DIR/database-ready"
fi

if ! redmine_is_running; then
  if curl -fsSL -o /dev/null "$REDMINE_ADDRESS/login" 2>/dev/null; then
    echo "Something else answers at $REDMINE_ADDRESS: set REDMINE_DESK_PORT to another port." >&2
    exit 1
  fi
  "${as_redmine[@]}" ruby bin/rails runner "$REDMINE_DESK_DIR/config/seed.rb" >> "$log" 2>&1 </dev/null
  # One thread: SQLite's driver lets no other run while it waits for a lock, so two that write wait for each other until
  # one of them is refused (500).
  setsid "${as_redmine[@]}" puma --environment production --bind "tcp://127.0.0.1:$REDMINE_DESK_PORT" --threads 1:1 \
    "$REDMINE_DESK_DIR/config/config.ru" >> "$log" 2>&1 </dev/null &
  echo $! > "$REDMINE_DESK_DIR/redmine.pid"
fi

for _ in $(seq 1 120); do
  if curl -fsSL -o /dev/null "$REDMINE_ADDRESS/login" 2>/dev/null; then
    echo "Redmine answers at $REDMINE_ADDRESS"
    exit 0
  fi
  redmine_is_running || break
  sleep 0.5
done
echo "Redmine did not come up; the end of $log:" >&2
tail -n 20 "$log" >&2
exit 1
