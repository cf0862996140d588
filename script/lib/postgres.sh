# shellcheck shell=bash
# A PostgreSQL server of one's own, for tests and measurements; to be sourced.
#
#     start_postgres [SETTING=VALUE …]    a new, empty server; its address as a superuser is in $postgres_url
#     stop_postgres                       ends it and deletes its files; to be called in a trap on EXIT
#
# It takes Debian's binaries, the newest if there are several, or else those on the PATH. It listens on a free port of
# 127.0.0.1 and on a socket in its folder, and asks for a password that is made up each time: it is a superuser's, and
# other accounts of this machine must not have it.

postgres_url=
postgres_folder=
postgres_process=

postgres_failed() {
    printf 'postgres: %s\n' "$*" >&2
    if [[ -s ${postgres_folder:-/nowhere}/log ]]; then tail -n 20 "$postgres_folder/log" >&2; fi
    return 1
}

# The folder of `initdb` and `postgres`.
find_postgres() {
    local folder
    # Debian does not put them on the PATH.
    folder=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -t / -k 5 -n | tail -n 1)
    if [[ ! -x $folder/postgres ]]; then
        folder=$(command -v postgres) || return 1
        folder=$(dirname "$(realpath "$folder")")
    fi
    [[ -x $folder/postgres && -x $folder/initdb ]] && printf '%s' "$folder"
}

# Puts before a command what runs it as the account that the server runs as: it refuses to be root.
as_postgres=()
choose_account() {
    if ((EUID != 0)); then return; fi
    local account=nobody
    if id postgres &>/dev/null; then account=postgres; fi
    as_postgres=(setpriv --reuid="$account" --regid="$(id -g "$account")" --clear-groups --)
}

start_postgres() {
    local binaries password port
    binaries=$(find_postgres) || {
        postgres_failed "there is no PostgreSQL server here. \`script/bootstrap --test\` installs Debian's;" \
            "elsewhere put \`postgres\` and \`initdb\` on the PATH."
        return 1
    }
    postgres_folder=$(mktemp -d "${TMPDIR:-/tmp}/usher-postgres.XXXXXX") || return 1
    password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    printf '%s\n' "$password" >"$postgres_folder/password"
    choose_account
    if ((EUID == 0)); then chown -R "$("${as_postgres[@]}" id -u)" "$postgres_folder"; fi
    # A locale in which texts stand in another order than their bytes, as many have it: whatever goes by it by mistake shows.
    "${as_postgres[@]}" "$binaries/initdb" --pgdata="$postgres_folder/data" --username=usher \
        --pwfile="$postgres_folder/password" --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 \
        --locale-provider=icu --icu-locale=en-US --no-sync >"$postgres_folder/log" 2>&1 ||
        {
            postgres_failed "it cannot make its files"
            return 1
        }
    rm -f "$postgres_folder/password"

    local attempt
    for attempt in 1 2 3 4 5 6 7 8 9 10; do
        port=$((20000 + RANDOM % 12000))
        if run_postgres "$binaries" "$port" "$@"; then
            postgres_url="postgres://usher:$password@127.0.0.1:$port/postgres"
            return 0
        fi
        # Somebody else's port: another one.
        grep -q 'Address already in use' "$postgres_folder/log" || break
    done
    postgres_failed "it does not start"
}

# Starts the server on a port; fails when it ends at once.
run_postgres() {
    local binaries=$1 port=$2 setting
    shift 2
    local settings=(listen_addresses=127.0.0.1 port="$port" unix_socket_directories="$postgres_folder" "$@")
    local options=()
    for setting in "${settings[@]}"; do options+=(-c "$setting"); done
    # Should this script be killed, the server stops as well.
    "${as_postgres[@]}" setpriv --pdeathsig INT -- "$binaries/postgres" -D "$postgres_folder/data" "${options[@]}" \
        >"$postgres_folder/log" 2>&1 </dev/null &
    postgres_process=$!
    while kill -0 "$postgres_process" 2>/dev/null; do
        if grep -q 'database system is ready to accept connections' "$postgres_folder/log"; then return 0; fi
        sleep 0.1
    done
    postgres_process=
    return 1
}

stop_postgres() {
    if [[ -n $postgres_process ]]; then
        # At once: what it holds is deleted anyway.
        kill -QUIT "$postgres_process" 2>/dev/null
        wait "$postgres_process" 2>/dev/null
    fi
    if [[ -n $postgres_folder ]]; then rm -rf "$postgres_folder"; fi
    postgres_process= postgres_folder= postgres_url=
    return 0
}
