# shellcheck shell=bash
# What is made once and kept in the cache for every checkout: each path there carries a hash of what it is made from.

# shellcheck disable=SC2034 # for the other parts
PACKAGES=(busybox-static buildah containerd containernetworking-plugins etcd-server iproute2 iptables mmdebstrap openssl
  procps runc xfsprogs)
KUBERNETES_VERSION="$(awk '$1 == "k8s.io/kubernetes" { print $2 }' "$TESTBED/kubernetes/go.mod")"

# Installs those Debian packages that are missing.
install_packages() {
  local missing
  # dpkg-query fails where it doesn't know one of them, which is what is asked here.
  missing="$({ dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true; } |
    awk '$1 == "installed" { print $2 }' | sort | comm -13 - <(printf '%s\n' "$@" | sort))"
  [ -n "$missing" ] || return 0
  apt-get update
  # shellcheck disable=SC2086 # one word for each package
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $missing
}

# Prints a hash of a folder's files or of those given in it, as far as they exist.
hash_of() {
  (
    cd "$1" || exit
    shift
    { find "$@" -type f -print0 2>/dev/null || true; } | sort --zero-terminated | xargs --null sha256sum | sha256sum | cut -c 1-16
  )
}

# Makes a path in the cache by a command that gets a temporary name for it; does nothing if it is there.
make_once() {
  local path="$1"
  shift
  [ ! -e "$path" ] || return 0
  mkdir -p "$CACHE/locks"
  (
    flock 9
    [ ! -e "$path" ] || exit 0
    rm -rf "$path.new"
    "$@" "$path.new"
    mv "$path.new" "$path"
  ) 9>"$CACHE/locks/$(basename "$path")"
}

# Prints the path in the cache of the program of a Go module here.
program() {
  echo "$CACHE/$1-$(hash_of "$TESTBED/$1")"
}

go_build() {
  local module="$1" flags="$2" output="$3"
  (cd "$TESTBED/$module" && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w $flags" -o "$output" .)
}

# Builds a Go module here unless the cache has its program, and calls it by its names.
build_program() {
  local module="$1" flags="$2" name
  shift 2
  make_once "$(program "$module")" go_build "$module" "$flags"
  for name in "$@"; do
    ln -sfn "$(program "$module")" "$STATE/bin/$name"
  done
}

build_kubernetes() {
  local version='k8s.io/component-base/version' major minor flags
  IFS=. read -r major minor _ <<<"${KUBERNETES_VERSION#v}"
  flags="-X $version.gitVersion=$KUBERNETES_VERSION -X $version.gitMajor=$major -X $version.gitMinor=$minor"
  build_program kubernetes "$flags" kube-apiserver kube-controller-manager kube-proxy kube-scheduler kubelet
  build_program kubectl "$flags" kubectl
}
