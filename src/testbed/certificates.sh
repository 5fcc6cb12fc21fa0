# shellcheck shell=bash
# The cluster's certificates and kubeconfig files. One key serves all of them: this cluster guards nothing.

make_certificates() {
  local pki="$SLOT/pki"
  mkdir "$pki"
  openssl genrsa -out "$pki/key" 2048
  # shellcheck disable=SC2153 # NAME is the slot's
  openssl req -x509 -new -key "$pki/key" -days 3650 -subj "/CN=$NAME" -out "$pki/ca.crt"
  certificate kube-apiserver /CN=kube-apiserver "DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc" \
    "DNS:kubernetes.default.svc.cluster.local,IP:127.0.0.1,IP:10.96.0.1,IP:$NODE_IP"
  certificate kubelet /O=system:nodes/CN=system:node:testbed "DNS:testbed,IP:$NODE_IP"
  certificate admin /O=system:masters/CN=admin
  certificate kube-controller-manager /CN=system:kube-controller-manager
  certificate kube-scheduler /CN=system:kube-scheduler
  certificate kube-proxy /CN=system:kube-proxy
  certificate coredns /O=system:masters/CN=coredns
  certificate provisioner /O=system:masters/CN=provisioner
}

certificate() {
  local name="$1" subject="$2" alternatives
  shift 2
  alternatives="$(IFS=, && echo "DNS:$name${*:+,$*}")"
  openssl req -new -key "$SLOT/pki/key" -subj "$subject" |
    openssl x509 -req -days 3650 -CA "$SLOT/pki/ca.crt" -CAkey "$SLOT/pki/key" -CAcreateserial \
      -extfile <(echo "subjectAltName=$alternatives") -out "$SLOT/pki/$name.crt"
}

# Writes a kubeconfig file that holds all it needs.
kubeconfig() {
  local name="$1" file="$2"
  install --mode 600 /dev/null "$file"
  cat >"$file" <<YAML
apiVersion: v1
kind: Config
clusters:
  - name: $NAME
    cluster:
      server: https://$NODE_IP:6443
      certificate-authority-data: $(base64 --wrap 0 "$SLOT/pki/ca.crt")
users:
  - name: $name
    user:
      client-certificate-data: $(base64 --wrap 0 "$SLOT/pki/$name.crt")
      client-key-data: $(base64 --wrap 0 "$SLOT/pki/key")
contexts:
  - name: $NAME
    context: {cluster: $NAME, user: $name}
current-context: $NAME
YAML
}
