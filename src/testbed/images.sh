# Images: built once, kept as archives in the cache, loaded into the cluster's containerd.

OPERATOR_IMAGE=docker.io/otushomework/mysql-operator:0.1.0

# One build at a time: all share one storage. Without the locks' files open: mmdebstrap wants its own below 10.
build_image() {
  flock --close "$CACHE/containers.lock" \
    unshare --mount --propagation private "$TESTBED/build-image" "$@" 8>&- 9>&-
}

base_image() {
  echo "$CACHE/image-$1-$(hash_of "$TESTBED" build-image)"
}

build_base_images() {
  local name
  for name in pause mysql; do
    make_once "$(base_image "$name")" build_image "$name"
  done
}

# Loads an image from the cache, unless it is there already.
load_image() {
  local image="$1" loaded first name
  loaded="$SLOT/run/$(basename "$image").loaded"
  [ ! -e "$loaded" ] || return 0
  containerd_client images import --no-unpack=false "$image/image.tar"
  read -r first <"$image/names"
  tail -n +2 "$image/names" | while read -r name; do
    containerd_client images tag --force "$first" "$name"
  done
  touch "$loaded"
}

containerd_client() {
  ctr --address "$SLOT/containerd.sock" --namespace k8s.io "$@"
}

load_base_images() {
  local name
  for name in pause mysql; do
    load_image "$(base_image "$name")"
  done
}

provide_operator_image() {
  local image inputs
  inputs="$(hash_of "$CHECKOUT" Dockerfile pom.xml mvnw .mvn src/main)"
  image="$CACHE/image-operator-$inputs-$(hash_of "$TESTBED" build-image)"
  make_once "$image" build_image operator "$CHECKOUT" "$OPERATOR_IMAGE"
  if use_own_slot && component_runs containerd; then
    load_image "$image"
  fi
}
