# shellcheck shell=bash
# Images: built once, kept as archives in the cache, loaded into the cluster's containerd.

OPERATOR_IMAGE=docker.io/otushomework/mysql-operator:0.1.0

# Builds an image without the locks' files open, because mmdebstrap wants its own below 10.
build_image() {
  unshare --mount --propagation private "$TESTBED/images/build" "$@" 8>&- 9>&-
}

base_image() {
  echo "$CACHE/image-$1-$(hash_of "$TESTBED/images" build "$1.sh")"
}

build_base_images() {
  local name
  for name in pause mysql; do
    make_once "$(base_image "$name")" build_image "$name"
  done
}

containerd_client() {
  ctr --address "$SLOT/containerd.sock" --namespace k8s.io "$@"
}

# Imports an image from the cache, unless it is there already.
import_image() {
  local image="$1" imported first name
  imported="$SLOT/run/$(basename "${image%-*}").imported"
  if [ -e "$imported" ] && [ "$(<"$imported")" = "$image" ]; then
    return
  fi
  containerd_client images import "$image/image.tar"
  read -r first <"$image/names"
  tail -n +2 "$image/names" | while read -r name; do
    containerd_client images tag --force "$first" "$name"
  done
  echo "$image" >"$imported"
}

# Starts containerd with the base images. Its folder with them unpacked is kept in the cache, so that only the first
# start takes long.
start_containerd_with_images() {
  local cached name
  cached="$CACHE/containerd-$(hash_of "$TESTBED/images" build mysql.sh pause.sh)"
  if [ ! -e "$cached" ]; then
    start_containerd
    for name in pause mysql; do
      import_image "$(base_image "$name")"
    done
    kill "$(<"$SLOT/run/containerd.pid")"
    wait_for 60 "the end of containerd" containerd_ended
    make_once "$cached" link_folder "$SLOT/containerd/root"
  else
    mkdir "$SLOT/containerd"
    link_folder "$cached" "$SLOT/containerd/root"
  fi
  start_containerd
}

containerd_ended() {
  ! component_runs containerd
}

# Copies containerd's folder by hard links where possible: of what is in it, only the databases ever change.
link_folder() {
  local from="$1" to="$2" database
  cp --archive --link "$from" "$to" 2>/dev/null || { rm -rf "$to" && cp --archive "$from" "$to"; }
  for database in io.containerd.metadata.v1.bolt/meta.db io.containerd.snapshotter.v1.overlayfs/metadata.db; do
    cp --archive --remove-destination "$from/$database" "$to/$database"
  done
}

provide_operator_image() {
  local image inputs
  inputs="$(hash_of "$CHECKOUT" .dockerignore .mvn Dockerfile pom.xml src/main src/training)"
  image="$CACHE/image-operator-$inputs$(hash_of "$TESTBED/images" build operator.sh)"
  make_once "$image" build_image operator "$CHECKOUT" "$OPERATOR_IMAGE"
  find "$CACHE" -maxdepth 1 -name 'image-operator-*' -mtime +1 -exec rm -rf {} +
  if use_own_slot && component_runs containerd; then
    import_image "$image"
  fi
}
