#!/bin/sh
# Runs in a server's image, away from the data: tells its version in the termination message, and fails with what mysqld
# says where mysqld refuses the options given.
set -eu

mysqld --version >/dev/termination-log
if [ $# -eq 0 ]; then
  exit 0
fi
# Before 8.0.16 mysqld knew no --validate-config, and would start.
if mysqld --no-defaults --verbose --help 2>/dev/null | grep -q '^ *--validate-config'; then
  if ! mysqld --no-defaults --datadir=/tmp --validate-config "$@" 2>/tmp/refusal; then
    grep -F '[ERROR]' /tmp/refusal | tail -n 5 | cut -c 1-700 >/dev/termination-log
    exit 1
  fi
fi
