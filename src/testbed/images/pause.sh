# shellcheck shell=bash
# What holds a Pod's namespaces.

build() {
  local container
  container="$(buildah from scratch)"
  buildah add --quiet "$container" "$(command -v busybox)" /bin/busybox
  buildah config --entrypoint '["/bin/busybox", "sleep", "2147483647"]' --user 65535 "$container"
  buildah commit --quiet --rm "$container" "$IMAGE"
  write localhost/testbed/pause:1
}
