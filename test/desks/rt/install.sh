#!/usr/bin/env bash
# Installs Request Tracker 5 from the Debian or Ubuntu archive, without a question and without a mail server.
# Needs root. Does nothing when it is already there. The desk that up.sh starts has its own settings and its own
# database in a temporary folder, so the packaged database is not even created.
set -euo pipefail

if dpkg-query -W -f='${Status}' rt5-standalone 2>/dev/null | grep -q 'ok installed'; then
  echo 'Request Tracker is installed.'
  exit 0
fi
if [ "$(id -u)" != 0 ]; then
  echo 'Request Tracker is not installed; installing it needs root: sudo test/desks/rt/install.sh' >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
debconf-set-selections <<'ANSWERS'
request-tracker5 request-tracker5/rtname string desk.test
request-tracker5 request-tracker5/organization string desk.test
request-tracker5 request-tracker5/webbaseurl string http://127.0.0.1:8081
request-tracker5 request-tracker5/webpath string /rt
request-tracker5 request-tracker5/correspondaddress string support@desk.test
request-tracker5 request-tracker5/commentaddress string support-notes@desk.test
request-tracker5 request-tracker5/initial-root-password password deskroot1
request-tracker5 request-tracker5/initial-root-password-again password deskroot1
request-tracker5 request-tracker5/install-cronjobs boolean false
request-tracker5 request-tracker5/dbconfig-install boolean false
ANSWERS

# msmtp-mta stands in for a mail server: RT wants one installed, the desk writes its mail to a file instead.
apt-get update
apt-get install -y --no-install-recommends request-tracker5 rt5-db-sqlite rt5-standalone rt5-clients msmtp-mta curl procps </dev/null
