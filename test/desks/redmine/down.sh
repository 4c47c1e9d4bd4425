#!/usr/bin/env bash
# Stops the Redmine that up.sh started. With --forget its data goes too.
set -euo pipefail
source "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/env.sh"

if redmine_is_running; then
  pid=$(cat "$REDMINE_DESK_DIR/redmine.pid")
  kill -TERM "$pid"
  for _ in $(seq 1 50); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
fi
rm -f "$REDMINE_DESK_DIR/redmine.pid"
if [ "${1:-}" = --forget ]; then rm -rf "$REDMINE_DESK_DIR"; fi
