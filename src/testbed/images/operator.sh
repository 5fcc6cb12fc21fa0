# shellcheck shell=bash
# The operator, by the repository's Dockerfile with Java of Debian.

build() {
  local checkout="$1" name="$2" java
  java="$(sha256sum "${BASH_SOURCE[0]}" | cut -c 1-16)"
  build_java "localhost/testbed/jdk:$java" bash ca-certificates-java maven openjdk-25-jdk-headless
  build_java "localhost/testbed/jre:$java" bash ca-certificates-java openjdk-25-jre-headless
  mkdir -p "$HOME/.m2"
  buildah build --isolation chroot --network host --pull-never --layers=false --volume "$HOME/.m2:/root/.m2" \
    --build-arg "BUILD_IMAGE=localhost/testbed/jdk:$java" --build-arg "RUNTIME_IMAGE=localhost/testbed/jre:$java" \
    --tag "$IMAGE" "$checkout"
  write "$name"
}

# Makes an image that stays in the storage for the next build, by one build at a time.
build_java() {
  local name="$1" container
  shift
  (
    flock 3
    if ! buildah inspect --type image "$name" >/dev/null 2>&1; then
      container="$(debian "$@" 3>&-)"
      # Maven trusts whom this machine trusts.
      buildah add --quiet "$container" /usr/local/share/ca-certificates /usr/local/share/ca-certificates
      buildah run --isolation chroot "$container" -- update-ca-certificates
      buildah commit --quiet --rm "$container" "$name"
    fi
  ) 3>"$STORAGE.lock"
}
