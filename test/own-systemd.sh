#!/usr/bin/env bash
# systemd as the first process of a machine within the machine, with the shipped unit and nothing else of the system's:
# own /etc, /run and /tmp, own processes and control groups. Called inside `unshare`; see own-systemd.ts.
# $1 the checkout, $2 an empty folder for data and log, $3 the settings of /etc/sitewatch/environment
set -euo pipefail

mount --make-rprivate /
mount -t tmpfs tmpfs /mnt
mkdir /mnt/upper /mnt/work /mnt/tmp /mnt/units
mount -t overlay overlay -o lowerdir=/etc,upperdir=/mnt/upper,workdir=/mnt/work /etc
mount --bind "$2" /mnt/tmp
mkdir -p /var/lib/sitewatch /opt/sitewatch /etc/sitewatch
mount --bind "$1" /opt/sitewatch
mount --bind /mnt/tmp/data /var/lib/sitewatch
mount -t tmpfs tmpfs /run
mount -t proc proc /proc
umount -l -R /sys/fs/cgroup || true
mount -t tmpfs tmpfs /sys/fs/cgroup
mkdir /sys/fs/cgroup/systemd
mount -t cgroup -o none,name=systemd cgroup /sys/fs/cgroup/systemd

# As the head of the unit says.
id sitewatch >/dev/null 2>&1 || useradd --system --home /var/lib/sitewatch sitewatch
chown sitewatch:sitewatch /var/lib/sitewatch
printf '%s\n' "$3" >/etc/sitewatch/environment

cp "$1/docs/deploy/sitewatch.service" /mnt/units/
mkdir /mnt/units/sitewatch.service.d
printf '[Service]\nStandardOutput=append:/mnt/tmp/log\nStandardError=append:/mnt/tmp/log\n' \
	>/mnt/units/sitewatch.service.d/log.conf
for target in sysinit basic shutdown network-online multi-user; do
	printf '[Unit]\nDefaultDependencies=no\n' >"/mnt/units/$target.target"
done
printf '[Unit]\nRequires=sitewatch.service\n' >/mnt/units/here.target

export container=lxc SYSTEMD_UNIT_PATH=/mnt/units
exec /lib/systemd/systemd --system --unit=here.target --log-target=null
