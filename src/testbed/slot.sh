# shellcheck shell=bash
# A slot is one cluster's share of the machine. From its number follow the names of its network, control group and folder.

SLOTS=/var/lib/mysql-operator-testbed

use_slot() {
  # shellcheck disable=SC2034 # for the other parts
  SLOT_NUMBER="$1"
  SLOT="$SLOTS/$1"
  NAME="testbed-$1"
  HOST_IP="10.222.$1.1"
  NODE_IP="10.222.$1.2"
}

use_own_slot() {
  local owner
  for owner in "$SLOTS"/*/owner; do
    if [ -e "$owner" ] && [ "$(<"$owner")" = "$CHECKOUT" ]; then
      use_slot "$(basename "$(dirname "$owner")")"
      return
    fi
  done
  return 1
}

# Takes the first slot that is free or whose checkout is gone.
take_slot() {
  local number
  mkdir -p "$SLOTS"
  exec 9>"$SLOTS/lock"
  flock 9
  for number in {0..63}; do
    use_slot "$number"
    if [ -e "$SLOT/owner" ] && [ -d "$(<"$SLOT/owner")/.testbed" ]; then
      continue
    fi
    clean_slot
    mkdir "$SLOT"
    echo "$CHECKOUT" >"$SLOT/owner"
    exec 9>&-
    return
  done
  echo "All slots in $SLOTS are taken." >&2
  exit 1
}

release_slot() {
  if use_own_slot; then
    clean_slot
  fi
}

control_groups() {
  awk -v name="$NAME" '$3 ~ /^cgroup2?$/ { print $2 "/" name }' /proc/mounts
}

# Kills the processes in the slot's control groups; true when there were none.
kill_all() {
  local group processes=""
  for group in $(control_groups); do
    [ -d "$group" ] || continue
    processes+=" $(find "$group" -name cgroup.procs -exec cat {} + | tr '\n' ' ')"
    thaw "$group"
  done
  # shellcheck disable=SC2086 # one word for each process
  [ -z "${processes// /}" ] || { kill -KILL $processes && return 1; }
}

# A runtime that is killed while it stops a container leaves that frozen, and what is frozen does not end.
thaw() {
  find "$1" -name freezer.state -exec sh -c 'echo THAWED >"$1"' thaw {} \;
  find "$1" -name cgroup.freeze -exec sh -c 'echo 0 >"$1"' thaw {} \;
}

remove_control_groups() {
  local group
  for group in $(control_groups); do
    [ ! -d "$group" ] || find "$group" -depth -type d -exec rmdir {} + || return
  done
}

mounts() {
  awk -v folder="$SLOT/" 'index($5 "/", folder) == 1 { print $5 }' /proc/self/mountinfo | tac
}

# True when there are none left. What walks the file tree keeps one busy for a moment, and the end of one may be that of
# another, whose own then fails.
unmount_all() {
  local target
  while read -r target; do
    umount "$target" || umount --lazy "$target" || true
  done < <(mounts)
  [ -z "$(mounts)" ]
}

# Ends whatever runs in the slot, also what a killed cluster or a half-failed start left.
clean_slot() {
  local device address
  wait_for 60 "the end of all processes in $NAME" kill_all
  wait_for 10 "the end of the control groups $NAME" remove_control_groups
  if [ -e "/sys/class/net/$NAME" ]; then
    ip link delete "$NAME"
  fi
  # Sockets of containerd's shims and results of network plugins have fixed places on the machine.
  if [ -d "$SLOT/containerd/state" ]; then
    find "$SLOT/containerd/state" -name address | while read -r address; do
      rm -f "$(sed 's|^unix://||' "$address")"
    done
  fi
  rm -f /var/lib/cni/results/"$NAME"-*
  wait_for 60 "the end of the mounts in $SLOT" unmount_all
  losetup --list --noheadings --output NAME,BACK-FILE | awk -v folder="$SLOT/" 'index($2, folder) == 1 { print $1 }' |
    while read -r device; do
      losetup --detach "$device"
    done || true
  wait_for 60 "the end of $SLOT" rm -rf --one-file-system "$SLOT"
}

prepare_slot() {
  local group
  mkdir -p "$SLOT/run" "$SLOT/shared/volumes"
  # Mounts made here are seen both in the machine's mount namespace and in the kubelet's own.
  mount --bind "$SLOT/shared" "$SLOT/shared"
  mount --make-shared "$SLOT/shared"
  touch "$SLOT/netns"
  unshare --net="$SLOT/netns" true
  ln -sfn "$SLOT/netns" "$STATE/netns"
  ip link add "$NAME" type veth peer name eth0 netns "$SLOT/netns"
  ip address add "$HOST_IP/30" dev "$NAME"
  ip link set "$NAME" up
  inside ip address add "$NODE_IP/30" dev eth0
  inside ip link set eth0 up
  inside ip link set lo up
  # Services' addresses need a route; nothing leaves this network.
  inside ip route add default dev lo
  inside sysctl --quiet --write net.ipv4.ip_forward=1
  if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
    mkdir -p "/sys/fs/cgroup/$NAME/components"
    for group in /sys/fs/cgroup "/sys/fs/cgroup/$NAME"; do
      sed 's/\w\+/+&/g' "$group/cgroup.controllers" >"$group/cgroup.subtree_control"
    done
  else
    for group in $(control_groups); do
      mkdir "$group"
    done
  fi
}

# The group in which the components run: it tells which processes are the cluster's.
components_group() {
  if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
    echo "/sys/fs/cgroup/$NAME/components"
  else
    echo "/sys/fs/cgroup/pids/$NAME"
  fi
}

# Runs a command in the cluster's network.
inside() {
  nsenter --net="$SLOT/netns" "$@"
}
