#!/bin/sh
# Installs the Debian packages of the named sections of packages.txt that are not there yet.
# Usage: tools/packages.sh build check ...
set -eu
cd "$(dirname "$0")/.."
wanted=""
for section in "$@"; do
	wanted="$wanted $(awk -v s="[$section]" '
		/^\[/ { on = ($0 == s); next }
		on && NF && $1 !~ /^#/ { print $1 ($2 ~ /^\?/ ? $2 : "") }' packages.txt)"
done
missing=""
for entry in $wanted; do
	package=${entry%%\?*}
	case $entry in
	*\?*) command -v "${entry#*\?}" >/dev/null 2>&1 && continue ;;
	esac
	dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" -eq 0 ]; then sudo=""; else sudo=sudo; fi
echo "installing:$missing" >&2
$sudo apt-get update -qq >&2
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing >&2
