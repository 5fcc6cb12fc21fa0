#!/bin/sh
# Makes the folders of a database's static volumes below /volumes, in the operator's namespace. What is there is left as
# it is. They are open to every uid, because a Pod's may be any: what keeps others away is the folder above them on the
# node, and within the cluster that only this database's claims are bound to them.
# Arguments: the folders, from the root's.
set -eu
umask 0007

for folder in "$@"; do
  mkdir -p -- "/volumes/${folder%/*}"
  if [ ! -d "/volumes/$folder" ]; then
    # Published by one rename: a folder that is there has its mode.
    rm -rf -- "/volumes/$folder.new"
    mkdir -- "/volumes/$folder.new"
    chmod 2777 -- "/volumes/$folder.new"
    mv -- "/volumes/$folder.new" "/volumes/$folder"
  fi
done
