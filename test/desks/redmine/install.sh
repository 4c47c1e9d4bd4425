#!/usr/bin/env bash
# Installs Redmine 5 from the Debian or Ubuntu archive, without a question and without a mail server.
# Needs root. Does nothing when it is already there. The desk that up.sh starts has its own settings and its own
# database in a temporary folder, so the packaged database is not even created.
set -euo pipefail

installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }
if installed redmine && installed redmine-sqlite && installed puma; then
  echo 'Redmine is installed.'
  exit 0
fi
if [ "$(id -u)" != 0 ]; then
  echo 'Redmine is not installed; installing it needs root: sudo test/desks/redmine/install.sh' >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
debconf-set-selections <<'ANSWERS'
redmine redmine/instances/default/dbconfig-install boolean false
redmine redmine/instances/default/database-type select sqlite3
redmine redmine/instances/default/default-language select en
redmine redmine/current-instances string default
ANSWERS

apt-get update
# Redmine's set-up runs Bundler. Debian's own Bundler knows Debian's gems; the one inside Ruby itself, which a security
# update made the newer of the two, takes those without a folder of their own for deleted, and the set-up fails.
apt-get install -y --no-install-recommends ruby-bundler </dev/null
BUNDLER_VERSION=$(dpkg-query -W -f='${Version}' ruby-bundler)
export BUNDLER_VERSION=${BUNDLER_VERSION%%-*}
apt-get install -y --no-install-recommends redmine redmine-sqlite puma curl procps </dev/null
