#!/bin/sh
# Puts a built kiosk on this machine, or takes it away again. See README.md beside this file.
#
#     install.sh [BUILD_DIR]                install or upgrade; BUILD_DIR is what ./dev build made
#     install.sh --uninstall                take the program away, keep the data
#     install.sh --uninstall --purge-data   the data too, unless dossiers wait that the centre hasn't opened
#     install.sh --uninstall --purge-data=even-unopened
#
# With DESTDIR set, everything goes below that folder (for an image), and nothing is started.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=${DESTDIR:-}
opt=$root/opt/mot-cua-kiosk
data=$root/var/lib/mot-cua-kiosk
service=mot-cua-kiosk.service
spare_mb=600 # the kiosk takes no dossier with less than 500 MB free

say() { printf '• %s\n' "$*"; }
refuse() { printf 'install.sh: %s\n' "$*" >&2; exit 1; }

usage() { sed -n '2,9s/^# \{0,1\}//p' "$0"; }

# On the machine itself, under a running systemd (in an image neither).
live() { [ -z "$root" ] && [ -d /run/systemd/system ]; }

check_rights() {
    [ -n "$root" ] || [ "$(id -u)" -eq 0 ] || refuse "cần quyền quản trị: chạy lại bằng sudo / run it with sudo"
}

check_build() {
    if [ ! -x "$1/kiosk" ] || [ ! -d "$1/_internal/assets" ]; then
        refuse "$1 không phải bản dựng kiosk / is not a build; make one with ./dev build"
    fi
    "$1/kiosk" --help >/dev/null 2>&1 ||
        refuse "bản dựng không chạy được trên máy này / this build does not start on this machine"
}

check_system() {
    [ -z "$root" ] || return 0
    command -v systemctl >/dev/null 2>&1 || refuse "máy không có systemd / this machine has no systemd"
    command -v cage >/dev/null 2>&1 && return 0
    command -v xinit >/dev/null 2>&1 && command -v openbox >/dev/null 2>&1 && return 0
    refuse "thiếu trình bày màn hình / no screen session: apt-get install cage xwayland libegl1 libgl1" \
        "libwayland-cursor0 libwayland-egl1 (or: xserver-xorg xinit openbox)"
}

# What the build takes, plus what the kiosk wants free to work.
check_room() {
    needed_mb=$(($(du -sm -- "$1" | cut -f1) + spare_mb))
    place=$opt
    while [ ! -d "$place" ]; do place=$(dirname -- "$place"); done
    free_mb=$(df -Pm -- "$place" | awk 'NR == 2 { print $4 }')
    [ "$free_mb" -ge "$needed_mb" ] ||
        refuse "đĩa quá nhỏ / the disk is too small: $free_mb MB free, $needed_mb MB needed"
}

fingerprint() {
    (cd -- "$1" && find . -type f -exec sha256sum {} + | LC_ALL=C sort -k 2 | sha256sum | cut -c 1-12)
}

# A rename is the only moment in which the version changes.
point() {
    ln -sfn -- "$2" "$opt/.$1"
    mv -T -- "$opt/.$1" "$opt/$1"
}

# Copies the build beside the one that runs, then switches; the version before stays for a way back.
put_build() {
    version=$(fingerprint "$1")
    if [ "$(readlink -- "$opt/current" || :)" = "versions/$version" ]; then
        say "bản $version đã có / is already installed"
        return 0
    fi
    rm -rf -- "$opt/versions/.new"
    if [ ! -d "$opt/versions/$version" ]; then
        check_room "$1"
        mkdir -p -- "$opt/versions"
        cp -R -- "$1" "$opt/versions/.new"
        chmod -R u=rwX,go=rX -- "$opt/versions/.new"
        [ "$(id -u)" -ne 0 ] || chown -R root:root -- "$opt/versions/.new"
        sync -f "$opt/versions/.new"
        mv -- "$opt/versions/.new" "$opt/versions/$version"
    fi
    if old=$(readlink -- "$opt/current"); then point previous "$old"; fi
    point current "versions/$version"
    sync -f "$opt"
    drop_old_versions
    say "đã đặt bản $version / installed"
}

drop_old_versions() {
    for folder in "$opt"/versions/*; do
        case versions/${folder##*/} in
        "$(readlink -- "$opt/current" || :)" | "$(readlink -- "$opt/previous" || :)") ;;
        *) rm -rf -- "$folder" ;;
        esac
    done
}

system_files() { (cd -- "$here/system" && find . -type f | sed 's/^\.//'); }

put_system_files() {
    system_files | while IFS= read -r file; do
        mode=644
        [ ! -x "$here/system$file" ] || mode=755
        mkdir -p -- "$root${file%/*}"
        install -m "$mode" -- "$here/system$file" "$root$file.new"
        mv -- "$root$file.new" "$root$file"
    done
    install -m 644 -- "$here/README.md" "$opt/README.md"
}

start() {
    if [ -n "$root" ]; then
        # The first boot of the image makes the user and gives it the folder.
        mkdir -p -- "$data" "$root/etc/systemd/system/multi-user.target.wants"
        chmod 700 -- "$data"
        ln -sfn -- "../$service" "$root/etc/systemd/system/multi-user.target.wants/$service"
        return 0
    fi
    systemd-sysusers /etc/sysusers.d/mot-cua-kiosk.conf
    systemd-tmpfiles --create /etc/tmpfiles.d/mot-cua-kiosk.conf
    systemctl enable --quiet "$service"
    live || return 0
    systemctl daemon-reload
    systemctl restart "$service"
    say "kiosk đã chạy / the kiosk is running; nối với trung tâm / enrol it: mot-cua-kiosk enrol URL -"
}

install_kiosk() {
    [ -d "$1" ] || refuse "không thấy thư mục $1 / there is no such folder; make a build with ./dev build"
    build=$(CDPATH='' cd -- "$1" && pwd -P)
    check_build "$build"
    check_system
    put_build "$build"
    put_system_files
    start
}

# Dossiers that the centre has not opened exist nowhere else.
check_nothing_waits() {
    [ -n "$(find "$data" -name '*.db' 2>/dev/null | head -n 1)" ] || return 0
    as_kiosk=
    [ -n "$root" ] || as_kiosk="runuser -u kiosk --"
    # shellcheck disable=SC2086 # the words of the prefix are apart on purpose
    queue=$(KIOSK_DATA_DIR=$data $as_kiosk "$opt/current/kiosk" queue --json) ||
        refuse "không đọc được hàng chờ / can't read the queue; data kept (see --purge-data=even-unopened)"
    if printf '%s' "$queue" | grep -Eq '"state": *"(queued|sending|received|parked)"'; then
        refuse "còn hồ sơ trung tâm chưa mở / dossiers wait that the centre hasn't opened; data kept"
    fi
}

uninstall() {
    [ "$1" != checked ] || check_nothing_waits
    if live; then systemctl disable --now --quiet "$service" 2>/dev/null || :; fi
    rm -f -- "$root/etc/systemd/system/multi-user.target.wants/$service"
    system_files | while IFS= read -r file; do rm -f -- "$root$file"; done
    rm -rf -- "$opt"
    if live; then systemctl daemon-reload; systemctl reset-failed "$service" 2>/dev/null || :; fi
    if [ "$1" = keep ]; then
        say "đã gỡ chương trình, giữ dữ liệu / program removed, data kept in $data"
        return 0
    fi
    rm -rf -- "$data"
    if [ -z "$root" ] && id kiosk >/dev/null 2>&1; then
        userdel kiosk || say "người dùng kiosk còn đó / the user kiosk remains: userdel kiosk"
    fi
    say "đã gỡ chương trình và dữ liệu / program and data removed"
}

action=install purge=keep build_dir=
for argument in "$@"; do
    case $argument in
    --uninstall) action=uninstall ;;
    --purge-data) purge=checked ;;
    --purge-data=even-unopened) purge=all ;;
    -h | --help) usage; exit 0 ;;
    -*) usage >&2; exit 2 ;;
    *) [ -z "$build_dir" ] || { usage >&2; exit 2; }; build_dir=$argument ;;
    esac
done
case $action in
install)
    [ "$purge" = keep ] || { usage >&2; exit 2; }
    check_rights
    install_kiosk "${build_dir:-$here/../dist/kiosk}"
    ;;
uninstall)
    [ -z "$build_dir" ] || { usage >&2; exit 2; }
    check_rights
    uninstall "$purge"
    ;;
esac
