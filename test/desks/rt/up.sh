#!/usr/bin/env bash
# Serves a seeded Request Tracker at http://127.0.0.1:8081/rt. Safe to run again: what is there stays.
# Exit code 0: it answers, and users, queue and rights are in place. Needs install.sh first.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/env.sh"
log=$RT_DESK_DIR/rt.log

rt_server=/usr/share/request-tracker5/libexec/rt-server
if [ ! -x "$rt_server" ]; then
  echo 'Request Tracker is not installed: run test/desks/rt/install.sh as root.' >&2
  exit 1
fi

# As root, RT runs as the web server's user, as it does in production; else as whoever called.
as_rt=()
if [ "$(id -u)" = 0 ]; then
  as_rt=(setpriv --reuid=www-data --regid=www-data --init-groups --)
fi

mkdir -p "$RT_DESK_DIR"/{config.d,var,mason,sessions}
cat > "$RT_SITE_CONFIG" <<CONFIG
use utf8;
\$RT::VarPath = '$RT_DESK_DIR/var';
\$RT::MasonDataDir = '$RT_DESK_DIR/mason';
\$RT::MasonSessionDir = '$RT_DESK_DIR/sessions';
Set(\$rtname, 'desk.test');
Set(\$Organization, 'desk.test');
Set(\$DatabaseType, 'SQLite');
Set(\$DatabaseName, '$RT_DESK_DIR/var/desk.sqlite');
Set(\$WebDomain, '127.0.0.1');
Set(\$WebPort, $RT_DESK_PORT);
Set(\$WebBaseURL, '$RT_ADDRESS');
Set(\$WebPath, '/rt');
Set(\$CorrespondAddress, 'support@desk.test');
Set(\$CommentAddress, 'support-notes@desk.test');
# Passwords of a test: the harness sends one with each of its requests, and a strong hash of it takes longer than the answer.
Set(\$BcryptCost, 4);
# Mail to customers lands in a file below var/.
Set(\$MailCommand, 'mbox');
Set(\$LogToSyslog, undef);
Set(\$LogToSTDERR, 'warning');
# Pages show local time; the REST interface always says UTC.
Set(\$Timezone, 'UTC');
Set(%GnuPG, Enable => 0);
Set(%SMIME, Enable => 0);
1;
CONFIG
if [ "$(id -u)" = 0 ]; then chown -R www-data:www-data "$RT_DESK_DIR"; fi

# An interrupted first run leaves a database without its last step; start it over.
if [ ! -e "$RT_DESK_DIR/database-ready" ]; then
  rm -f "$RT_DESK_DIR"/var/desk.sqlite*
  printf deskroot1 > "$RT_DESK_DIR/root-password"
  chmod 644 "$RT_DESK_DIR/root-password"
  "${as_rt[@]}" rt-setup-database-5 --action init --skip-create --dba '' \
    --root-password-file "$RT_DESK_DIR/root-password" >> "$log" 2>&1 </dev/null
  touch "$RT_DESK_DIR/database-ready"
fi
"${as_rt[@]}" perl -I/usr/share/request-tracker5/lib "$here/seed.pl" >> "$log" 2>&1

answers() { curl -fsSL -o /dev/null "$RT_ADDRESS/rt/" 2>/dev/null; }

if ! rt_is_running; then
  if answers; then
    echo "Something else answers at $RT_ADDRESS: set RT_DESK_PORT to another port." >&2
    exit 1
  fi
  cd /
  # A process that is new has to compile every page anew: by itself each would serve a hundred requests only.
  setsid "${as_rt[@]}" "$rt_server" --host 127.0.0.1 --port "$RT_DESK_PORT" --webpath /rt --max-workers 2 --max-reqs-per-child 100000 \
    >> "$log" 2>&1 </dev/null &
  echo $! > "$RT_DESK_DIR/rt.pid"
fi

for _ in $(seq 1 120); do
  if answers; then
    echo "Request Tracker answers at $RT_ADDRESS/rt"
    exit 0
  fi
  rt_is_running || break
  sleep 0.5
done
echo "Request Tracker did not come up; the end of $log:" >&2
tail -n 20 "$log" >&2
exit 1
