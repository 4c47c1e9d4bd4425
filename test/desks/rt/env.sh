# Where the test desk lives; sourced by up.sh and down.sh. The same values stand in rt.ts.
# RT_DESK_DIR, one for each user, holds everything that RT writes (database, sessions, mail, log, pid), outside the repository.
RT_DESK_PORT=${RT_DESK_PORT:-8081}
RT_DESK_DIR=${RT_DESK_DIR:-${TMPDIR:-/tmp}/cso-rt-$(id -u)}
RT_ADDRESS=http://127.0.0.1:$RT_DESK_PORT
# RT reads these instead of what stands in /etc, so an RT that is already on the machine stays as it is.
export RT_SITE_CONFIG=$RT_DESK_DIR/RT_SiteConfig.pm
export RT_SITE_CONFIG_DIR=$RT_DESK_DIR/config.d

# Is our own server running? A pid alone may by now belong to somebody else.
rt_is_running() {
  local pid
  pid=$(cat "$RT_DESK_DIR/rt.pid" 2>/dev/null) || return 1
  kill -0 "$pid" 2>/dev/null && ps -o args= -p "$pid" | grep -q rt-server
}
