# shellcheck shell=bash
# MySQL of Debian with the usual image's user, folders and programs, under the usual image's name and its own true version.

build() {
  local container version
  container="$(debian bash coreutils gzip mysql-client-core mysql-server-core tzdata zstd)"
  buildah run --isolation chroot "$container" -- bash -ec '
    rm -rf /var/lib/mysql /etc/mysql/conf.d/* /etc/mysql/mysql.conf.d/*
    echo mysql:x:999: >>/etc/group
    echo mysql:x:999:999::/var/lib/mysql:/bin/false >>/etc/passwd
    install --directory --owner mysql --group mysql /var/lib/mysql /var/lib/mysql-files /var/run/mysqld'
  version="$(buildah run --isolation chroot "$container" -- mysqld --version | sed -n 's/.* Ver \([0-9.]*\).*/\1/p')"
  buildah config --cmd '["mysqld"]' --port 3306 --port 33060 --volume /var/lib/mysql "$container"
  buildah commit --quiet --rm "$container" "$IMAGE"
  write "docker.io/library/mysql:$version" "docker.io/library/mysql:${version%.*}"
}
