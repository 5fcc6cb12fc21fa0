#!/bin/sh
# The startup probe, in the server's container: makes the accounts what they should be, sees what comes of each statement,
# and passes when root and the application can log in. Says nothing but numbers, for MySQL's messages quote statements.
# What was refused is tried again when the mounted files or the accounts have changed, or some minutes later: refused
# logins lock accounts.
set -u

config=${1:-/etc/mysql-operator}
run=${2:-/var/run/mysqld}
refused=$run/accounts-refused
patience=300

as() {
  account=$1
  shift
  mysql --defaults-file="$config/$account.cnf" --socket="$run/mysqld.sock" --protocol=socket --batch \
    --skip-column-names --connect-timeout=4 "$@" 2>&1 | grep -oE '^(ERROR [0-9]+|later [0-9]+|state .*|1$)'
}

# What decides whether a login succeeds.
state() {
  as operator --execute="SELECT CONCAT('state ', SHA2(GROUP_CONCAT(CONCAT_WS('|', user, host, plugin,
    HEX(authentication_string), account_locked, password_expired) ORDER BY user, host), 256))
    FROM mysql.user WHERE user IN ('root', 'app')"
  readlink "$config/..data"
}

# Ends this run. $1: later, to be tried again soon; refused, not so soon. $2: why
fail() {
  if [ "$1" = refused ]; then
    { echo $(($(date +%s) + patience)) && state; } >"$refused"
  fi
  echo "$2"
  exit 1
}

# Answers with the numbers of the errors; fails where the server isn't reached.
make() {
  answer=$({ echo "$1" && cat "$config/accounts.sql"; } | as operator --force)
  case $answer in *later*) ;; *) fail later "mysqld doesn't let the operator log in yet (${answer:-no answer})" ;; esac
  kind=
  for word in $answer; do
    case "$kind $word" in
      # The password isn't good enough, or was in use before: if it is the account's already, logging in will show it.
      'ERROR 1819' | 'ERROR 3638') policy=$word ;;
      'ERROR '*) fail refused "MySQL refuses a statement about an account: error $word" ;;
    esac
    kind=$word
  done
}

# Whether the account can log in with the password that it should have.
opens() {
  result=$(as "$1" --execute='SELECT 1')
  case $result in
    1) ;;
    # Denied the server or the database, locked, expired.
    *1044* | *1045* | *1698* | *3118* | *3955* | *1862* | *1820*) return 1 ;;
    *) fail later "$1 can't log in now: ${result:-no answer}" ;;
  esac
}

all_open() {
  # A later password than the one that is mounted here was tried by who set it.
  case $answer in *"later 0"*) opens root || return 1 ;; esac
  opens app
}

if [ -e "$refused" ]; then
  now=$(date +%s)
  { read -r until && before=$(cat); } <"$refused" || { until=0 && before=; }
  if [ "$now" -lt "$until" ] && [ "$before" = "$(state)" ]; then
    echo "root or app has another password than it should have, and nothing has changed since that was seen"
    exit 1
  fi
fi

policy=
make ''
if ! all_open; then
  [ -n "$policy" ] || make 'SET @again = 1;'
  { [ -z "$policy" ] && all_open; } ||
    fail refused "MySQL refuses root or app the password that it should have: ${policy:+error $policy, }$result"
fi
rm -f "$refused"
