# shellcheck shell=bash
# Configuration, start and health of the cluster's components.

PATH="$STATE/bin:$PATH"
COMPONENTS=(etcd containerd kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy coredns provisioner)

kubectl() {
  "$STATE/bin/kubectl" --kubeconfig "$STATE/kubeconfig" "$@"
}

# Starts a component by a command in the cluster's network and control group.
start() {
  local name="$1"
  shift
  (
    echo "$BASHPID" >"$(components_group)/cgroup.procs"
    exec nsenter --net="$SLOT/netns" setsid -- "$@" </dev/null >"$LOGS/$name.log" 2>&1 8>&-
  ) &
  echo $! >"$SLOT/run/$name.pid"
}

wait_for() {
  local seconds="$1" what="$2" deadline
  shift 2
  deadline=$((SECONDS + seconds))
  until "$@" >/dev/null 2>&1; do
    if [ "$SECONDS" -ge "$deadline" ]; then
      echo "Waited $seconds s in vain for $what; the components' logs are in $LOGS." >&2
      exit 1
    fi
    sleep 0.1
  done
}

start_cluster() {
  local client
  rm -rf "$LOGS/pods"
  make_certificates
  kubeconfig admin "$STATE/kubeconfig"
  for client in kubelet kube-controller-manager kube-scheduler kube-proxy coredns provisioner; do
    kubeconfig "$client" "$SLOT/$client.kubeconfig"
  done
  start_etcd
  start_apiserver
  wait_for 180 "the API server" kubectl get --raw /readyz
  start kube-controller-manager kube-controller-manager --kubeconfig="$SLOT/kube-controller-manager.kubeconfig" \
    --service-account-private-key-file="$SLOT/pki/key" --root-ca-file="$SLOT/pki/ca.crt" \
    --cluster-signing-cert-file="$SLOT/pki/ca.crt" --cluster-signing-key-file="$SLOT/pki/key" \
    --use-service-account-credentials --allocate-node-cidrs --cluster-cidr=10.244.0.0/16 \
    --flex-volume-plugin-dir="$SLOT/volume-plugins" --kube-api-qps=200 --kube-api-burst=400 --leader-elect=false
  start kube-scheduler kube-scheduler --kubeconfig="$SLOT/kube-scheduler.kubeconfig" --kube-api-qps=200 --kube-api-burst=400 \
    --leader-elect=false
  start_kubelet
  start_proxy
  start_coredns
  start provisioner provisioner --kubeconfig="$SLOT/provisioner.kubeconfig" --node=testbed --folder="$SLOT/shared/volumes"
  kubectl apply --filename "$TESTBED/manifests"
  wait_for 180 "the node" node_is_ready
  wait_for 180 "the default ServiceAccount" kubectl get serviceaccount default
  hash_of "$TESTBED" >"$SLOT/made-from"
}

start_etcd() {
  start etcd etcd --data-dir="$SLOT/etcd" --listen-client-urls=http://127.0.0.1:2379 \
    --advertise-client-urls=http://127.0.0.1:2379 --listen-peer-urls=http://127.0.0.1:2380
}

start_apiserver() {
  local pki="$SLOT/pki"
  cat >"$SLOT/audit.yaml" <<YAML
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules: [{level: Metadata}]
YAML
  rm -f "$STATE"/audit*.log
  start kube-apiserver kube-apiserver --etcd-servers=http://127.0.0.1:2379 --advertise-address="$NODE_IP" \
    --service-cluster-ip-range=10.96.0.0/16 --authorization-mode=Node,RBAC \
    --enable-admission-plugins=NodeRestriction,OwnerReferencesPermissionEnforcement \
    --feature-gates=MutatingAdmissionPolicy=true --runtime-config=admissionregistration.k8s.io/v1beta1=true \
    --allow-privileged --client-ca-file="$pki/ca.crt" \
    --tls-cert-file="$pki/kube-apiserver.crt" --tls-private-key-file="$pki/key" \
    --service-account-issuer=https://kubernetes.default.svc.cluster.local \
    --service-account-key-file="$pki/key" --service-account-signing-key-file="$pki/key" \
    --kubelet-client-certificate="$pki/admin.crt" --kubelet-client-key="$pki/key" \
    --kubelet-preferred-address-types=InternalIP \
    --audit-policy-file="$SLOT/audit.yaml" --audit-log-path="$STATE/audit.log" --audit-log-maxsize=2000
}

start_containerd() {
  mkdir -p "$SLOT/cni" "$SLOT/registries/_default"
  # shellcheck disable=SC2153 # NAME is the slot's
  cat >"$SLOT/cni/testbed.conflist" <<JSON
{
  "cniVersion": "1.0.0",
  "name": "$NAME",
  "plugins": [
    {
      "type": "bridge",
      "bridge": "cni0",
      "isGateway": true,
      "ipMasq": true,
      "hairpinMode": true,
      "ipam": {
        "type": "host-local",
        "dataDir": "$SLOT/addresses",
        "ranges": [[{"subnet": "10.244.0.0/24"}]],
        "routes": [{"dst": "0.0.0.0/0"}]
      }
    },
    {"type": "portmap", "capabilities": {"portMappings": true}}
  ]
}
JSON
  # No registry is in reach: pulling fails at once and not after time-outs.
  printf '%s\n' 'server = "http://127.0.0.1:1"' '[host]' >"$SLOT/registries/_default/hosts.toml"
  # restrict_oom_score_adj: for machines whose root has no CAP_SYS_RESOURCE.
  cat >"$SLOT/containerd.toml" <<TOML
version = 2
root = "$SLOT/containerd/root"
state = "$SLOT/containerd/state"
disabled_plugins = [
  "io.containerd.snapshotter.v1.aufs",
  "io.containerd.snapshotter.v1.btrfs",
  "io.containerd.snapshotter.v1.devmapper",
  "io.containerd.snapshotter.v1.zfs",
]
[grpc]
  address = "$SLOT/containerd.sock"
[plugins."io.containerd.internal.v1.opt"]
  path = "$SLOT/containerd/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "localhost/testbed/pause:1"
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$SLOT/cni"
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "$SLOT/registries"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      Root = "$SLOT/containerd/runc"
TOML
  start containerd containerd --config "$SLOT/containerd.toml"
  wait_for 60 "containerd" containerd_client version
}

start_kubelet() {
  # failCgroupV1 and failSwapOn: the machine is taken as it is.
  # imageGCHighThresholdPercent: images come from no registry, so none may be removed.
  # syncFrequency: changed Secrets and ConfigMaps reach mounted volumes in seconds.
  cat >"$SLOT/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication:
  anonymous: {enabled: false}
  webhook: {enabled: false}
  x509: {clientCAFile: $SLOT/pki/ca.crt}
authorization: {mode: AlwaysAllow}
tlsCertFile: $SLOT/pki/kubelet.crt
tlsPrivateKeyFile: $SLOT/pki/key
containerRuntimeEndpoint: unix://$SLOT/containerd.sock
cgroupDriver: cgroupfs
cgroupRoot: /$NAME
enforceNodeAllocatable: []
failCgroupV1: false
failSwapOn: false
clusterDNS: [10.96.0.10]
clusterDomain: cluster.local
resolvConf: ""
podLogsDir: $LOGS/pods
volumePluginDir: $SLOT/volume-plugins
serializeImagePulls: false
syncFrequency: 5s
imageGCHighThresholdPercent: 100
maxPods: 250
evictionHard: {nodefs.available: 1%, imagefs.available: 1%, memory.available: 100Mi}
YAML
  # The kubelet uses two folders whatever it is told; it gets its own ones instead of the machine's.
  # shellcheck disable=SC2016 # for the inner shell to expand
  start kubelet unshare --mount --propagation unchanged bash -euc '
    for folder in /var/lib/kubelet /var/log/containers; do
      mkdir -p "$folder"
      mount --make-private "$(findmnt --noheadings --output TARGET --target "$folder")"
      mount --types tmpfs tmpfs "$folder"
    done
    exec kubelet "$@"' bash \
    --config="$SLOT/kubelet.yaml" --kubeconfig="$SLOT/kubelet.kubeconfig" --root-dir="$SLOT/shared/kubelet" \
    --cert-dir="$SLOT/pki" --hostname-override=testbed --node-ip="$NODE_IP"
}

start_proxy() {
  cat >"$SLOT/kube-proxy.yaml" <<YAML
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
clientConnection: {kubeconfig: $SLOT/kube-proxy.kubeconfig}
mode: iptables
clusterCIDR: 10.244.0.0/16
conntrack: {maxPerCore: 0, min: 0}
YAML
  start kube-proxy kube-proxy --config="$SLOT/kube-proxy.yaml" --hostname-override=testbed
}

# CoreDNS answers on the node's address, behind the Service kube-dns.
start_coredns() {
  cat >"$SLOT/Corefile" <<COREFILE
. {
  bind $NODE_IP
  errors
  cache 5
  kubernetes cluster.local in-addr.arpa {
    kubeconfig $SLOT/coredns.kubeconfig
    ttl 5
  }
  template ANY ANY . {
    rcode NXDOMAIN
  }
}
COREFILE
  start coredns coredns -conf "$SLOT/Corefile"
  kubectl apply --filename - <<YAML
apiVersion: v1
kind: Service
metadata:
  name: kube-dns
  namespace: kube-system
  labels: {k8s-app: kube-dns}
spec:
  clusterIP: 10.96.0.10
  ports:
    - {name: dns, port: 53, protocol: UDP}
    - {name: dns-tcp, port: 53, protocol: TCP}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: kube-dns
  namespace: kube-system
  labels:
    kubernetes.io/service-name: kube-dns
    endpointslice.kubernetes.io/managed-by: testbed
addressType: IPv4
endpoints: [{addresses: [$NODE_IP]}]
ports:
  - {name: dns, port: 53, protocol: UDP}
  - {name: dns-tcp, port: 53, protocol: TCP}
YAML
}

node_is_ready() {
  [ "$(kubectl get node testbed --output \
    jsonpath='{.status.conditions[?(@.type=="Ready")].status}{.spec.taints[*].key}')" = True ]
}

component_runs() {
  grep --quiet --line-regexp --fixed-strings "$(cat "$SLOT/run/$1.pid")" "$(components_group)/cgroup.procs"
}

# A busy machine may keep a cluster from answering for a while; that is no reason to end it.
cluster_is_healthy() {
  local name
  for name in "${COMPONENTS[@]}"; do
    component_runs "$name" 2>/dev/null || return
  done
  (wait_for 60 "the node" node_is_ready)
}

warn_of_changes() {
  if [ "$(hash_of "$TESTBED")" != "$(<"$SLOT/made-from")" ]; then
    echo "The test bed's sources have changed since this cluster started: \`down\` and \`up\` apply them."
  fi
}

print_status() {
  local name healthy=0 names=("${COMPONENTS[@]}")
  [ ! -e "$SLOT/argocd" ] || names+=("${ARGOCD_COMPONENTS[@]}")
  echo "Slot $SLOT_NUMBER: API server at https://$NODE_IP:6443, files in $SLOT, logs in $LOGS"
  for name in "${names[@]}"; do
    if component_runs "$name" 2>/dev/null; then
      echo "$name runs"
    else
      echo "$name does not run, see $LOGS/$name.log"
      healthy=1
    fi
  done
  kubectl get node testbed || healthy=1
  return "$healthy"
}
