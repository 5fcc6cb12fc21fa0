#!/bin/sh
# Runs in the server's image before every start of mysqld. Leaves either a whole data directory or none: it is made
# beside its place and published by one rename, so a Pod killed in between starts over.
# Every account that is in it has its password already.
# Arguments: the options that mysqld will be started with.
set -eu

config=/etc/mysql-operator
# The operator writes yes here once a server has served from this volume.
served=no
volume=/volume
backups=/backups
data=$volume/mysql
staging=$volume/.initialising

# Before anything is made: a first configuration is checked as an edited one is.
takes "$@" || exit 4

mysqld --version >"$volume/.server-version"
mv "$volume/.server-version" "$volume/server-version"

if [ -d "$data" ]; then
  echo "The data directory is there: it is served as it is."
  exit 0
fi

# What has served can't be empty: a disk that isn't mounted looks like this. The operator waits for the exit status.
if [ "$served" = yes ]; then
  echo "A server has served from this volume, and now its data directory is missing." | tee /dev/termination-log
  exit 5
fi

if [ "$(cat "$config/restore-policy")" = Never ]; then
  backups=/nowhere
fi

# An empty database must never take the place of one that a backup could bring back.
for manifest in "$backups"/*/manifest.json; do
  if [ -e "$manifest" ]; then
    echo "The backup volume holds ${manifest%/manifest.json}: it has to be restored first." | tee /dev/termination-log
    exit 3
  fi
done

rm -rf "$staging"
# Of the options, those that a data directory is made with, and those that decide how its accounts authenticate.
for option; do
  shift
  case $option in
    --lower-case-table-names=* | --innodb-page-size=* | --innodb-data-file-path=* | \
      --default-authentication-plugin=* | --authentication-policy=* | --mysql-native-password=*) set -- "$@" "$option" ;;
  esac
done
[ -r "$config/initial.sql" ]
# mysqld reads it from a pipe, so that no disk gets to hold a password.
statements=/tmp/statements
rm -f "$statements"
mkfifo -m 600 "$statements"
{
  echo 'USE mysql;'
  if [ -d /usr/share/zoneinfo ] && command -v mysql_tzinfo_to_sql >/dev/null; then
    mysql_tzinfo_to_sql /usr/share/zoneinfo 2>/dev/null
  fi
  cat "$config/initial.sql"
} >"$statements" &
writer=$!
echo "Initialising a new data directory."
mysqld --no-defaults --initialize-insecure --datadir="$staging" --tmpdir=/tmp --init-file="$statements" "$@"
wait "$writer"
sync
mv "$staging" "$data"
sync
echo "The data directory is initialised."
