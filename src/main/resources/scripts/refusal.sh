#!/bin/sh
# Part of check.sh and initialise.sh: whether mysqld takes the options given. Where it refuses them, what it says becomes
# the termination message.
takes() {
  [ $# -gt 0 ] || return 0
  # Before 8.0.16 mysqld knew no --validate-config, and would start.
  if mysqld --no-defaults --verbose --help 2>/dev/null | grep -q '^ *--validate-config' &&
    ! mysqld --no-defaults --datadir=/tmp --validate-config "$@" 2>/tmp/refusal; then
    grep -F '[ERROR]' /tmp/refusal | tail -n 5 | cut -c 1-700 | tee /dev/termination-log
    return 1
  fi
}

