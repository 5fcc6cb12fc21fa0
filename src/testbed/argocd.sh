# shellcheck shell=bash
# Argo CD without its user interface, as further components of a cluster that runs.

# shellcheck disable=SC2034 # for the other parts
ARGOCD_COMPONENTS=(argocd-redis argocd-repo-server argocd-applicationset-controller argocd-application-controller)
ARGOCD_VERSION="$(awk '$1 == "github.com/argoproj/argo-cd/v3" { print $2 }' "$TESTBED/argocd/go.mod")"
ARGOCD_MANIFESTS="$CACHE/argocd-manifests-$ARGOCD_VERSION"

build_argocd() {
  build_program argocd "-X github.com/argoproj/argo-cd/v3/common.version=${ARGOCD_VERSION#v}" \
    argocd argocd-application-controller argocd-applicationset-controller argocd-repo-server kustomize
  make_once "$ARGOCD_MANIFESTS" copy_argocd_manifests
}

copy_argocd_manifests() {
  local module
  module="$(cd "$TESTBED/argocd" && go list -m -f '{{.Dir}}' github.com/argoproj/argo-cd/v3)"
  cp --recursive --no-preserve=mode "$module/manifests/crds" "$1"
}

# Starts what doesn't run of it. It looks at repositories every other second, and not every few minutes.
start_argocd() {
  local folder="$SLOT/argocd" environment
  kubectl apply --server-side --kustomize "$ARGOCD_MANIFESTS"
  wait_for 60 "Argo CD's resource definitions" kubectl wait --for=condition=Established --timeout=5s \
    crd/applications.argoproj.io crd/applicationsets.argoproj.io crd/appprojects.argoproj.io
  kubectl apply --filename "$TESTBED/argocd.yaml"

  mkdir -p "$folder"/{home,redis,tls,ssh,gpg/keys,gpg/source,plugins,tmp}
  # Argo CD looks for its configuration in the namespace that the kubeconfig names.
  cp "$STATE/kubeconfig" "$folder/kubeconfig"
  "$STATE/bin/kubectl" --kubeconfig "$folder/kubeconfig" config set-context --current --namespace=argocd
  # Repositories of the tests are folders of this machine.
  printf '[safe]\n\tdirectory = *\n[protocol "file"]\n\tallow = always\n' >"$folder/home/.gitconfig"
  environment=(env --ignore-environment PATH="$STATE/bin:/usr/bin:/bin" HOME="$folder/home" TMPDIR="$folder/tmp"
    KUBECONFIG="$folder/kubeconfig" ARGOCD_FAKE_IN_CLUSTER=true ARGOCD_GPG_ENABLED=false
    ARGOCD_TLS_DATA_PATH="$folder/tls" ARGOCD_SSH_DATA_PATH="$folder/ssh" ARGOCD_PLUGINSOCKFILEPATH="$folder/plugins"
    ARGOCD_GNUPGHOME="$folder/gpg/keys" ARGOCD_GPG_DATA_PATH="$folder/gpg/source"
    ARGOCD_APPLICATIONSET_CONTROLLER_REQUEUE_AFTER=2s GOMEMLIMIT=400MiB)

  start_unless_running argocd-redis redis-server --bind 127.0.0.1 --port 6379 --save '' --appendonly no \
    --dir "$folder/redis" --maxmemory 64mb
  start_unless_running argocd-repo-server "${environment[@]}" argocd-repo-server --disable-tls --address 127.0.0.1 \
    --port 8481 --metrics-address 127.0.0.1 --metrics-port 8484 --redis 127.0.0.1:6379 --revision-cache-expiration 1s \
    --logformat text
  start_unless_running argocd-applicationset-controller "${environment[@]}" argocd-applicationset-controller \
    --namespace argocd --argocd-repo-server 127.0.0.1:8481 --repo-server-plaintext --metrics-addr 127.0.0.1:8485 \
    --probe-addr 127.0.0.1:8486 --webhook-addr 127.0.0.1:8487 --logformat text
  start_unless_running argocd-application-controller "${environment[@]}" argocd-application-controller \
    --namespace argocd --repo-server 127.0.0.1:8481 --repo-server-plaintext --redis 127.0.0.1:6379 --app-resync 2 \
    --app-resync-jitter 0 --status-processors 2 --operation-processors 2 --kubectl-parallelism-limit 4 \
    --persist-resource-health --metrics-port 8482 --logformat text
  wait_for 60 "Argo CD" argocd_listens
}

argocd_listens() {
  local port
  for port in 6379 8481 8482 8485; do
    inside bash -c "</dev/tcp/127.0.0.1/$port" || return
  done
}

start_unless_running() {
  component_runs "$1" 2>/dev/null || start "$@"
}
