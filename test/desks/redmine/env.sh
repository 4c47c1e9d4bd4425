# Where the test desk lives; sourced by up.sh and down.sh. The same values stand in redmine.ts.
# REDMINE_DESK_DIR, one for each user, holds everything that Redmine writes (database, files, log, pid), outside the repository.
REDMINE_DESK_PORT=${REDMINE_DESK_PORT:-8082}
REDMINE_DESK_DIR=${REDMINE_DESK_DIR:-${TMPDIR:-/tmp}/cso-redmine-$(id -u)}
REDMINE_ADDRESS=http://127.0.0.1:$REDMINE_DESK_PORT/redmine
export REDMINE_DESK_PORT REDMINE_DESK_DIR

# Is our own server running? A pid alone may by now belong to somebody else.
redmine_is_running() {
  local pid
  pid=$(cat "$REDMINE_DESK_DIR/redmine.pid" 2>/dev/null) || return 1
  kill -0 "$pid" 2>/dev/null && ps -o args= -p "$pid" | grep -q puma
}
