#!/bin/sh
# Runs in a server's image, away from the data: tells its version in the termination message, and fails with what mysqld
# says where mysqld refuses the options given.
set -eu

mysqld --version >/dev/termination-log
takes "$@"
