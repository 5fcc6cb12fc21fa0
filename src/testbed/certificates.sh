# The cluster's certificate authority, certificates and kubeconfig files.

make_certificates() {
  local pki="$SLOT/pki"
  mkdir -p "$pki"
  openssl ecparam -name prime256v1 -genkey -noout -out "$pki/service-account.key"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=$NAME" \
    -keyout "$pki/ca.key" -out "$pki/ca.crt"
  certificate kube-apiserver /CN=kube-apiserver \
    "DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,IP:127.0.0.1,IP:10.96.0.1,IP:$NODE_IP"
  certificate kubelet "/O=system:nodes/CN=system:node:testbed" "DNS:testbed,IP:$NODE_IP"
  certificate admin "/O=system:masters/CN=admin"
  certificate kube-controller-manager /CN=system:kube-controller-manager
  certificate kube-scheduler /CN=system:kube-scheduler
  certificate kube-proxy /CN=system:kube-proxy
  certificate coredns "/O=system:masters/CN=coredns"
  certificate provisioner "/O=system:masters/CN=provisioner"
}

certificate() {
  local name="$SLOT/pki/$1" subject="$2" alternatives="${3:-DNS:$1}"
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "$subject" -keyout "$name.key" |
    openssl x509 -req -days 3650 -CA "$SLOT/pki/ca.crt" -CAkey "$SLOT/pki/ca.key" -CAcreateserial -out "$name.crt" \
      -extfile <(echo "subjectAltName=$alternatives")
}

# Writes a self-contained kubeconfig file for the owner of a certificate.
kubeconfig() {
  local name="$1" file="$2"
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
      client-key-data: $(base64 --wrap 0 "$SLOT/pki/$name.key")
contexts:
  - name: $NAME
    context: {cluster: $NAME, user: $name}
current-context: $NAME
YAML
  chmod 600 "$file"
}
