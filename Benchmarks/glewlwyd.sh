#!/usr/bin/env bash
# Starts glewlwyd (an OAuth 2 server in C on SQLite, Debian's package) on loopback with a fresh database, one user and one
# client. Usage: glewlwyd.sh PORT FOLDER. Prints PID=… and REFRESH=…, a refresh token of its `refresh_token` grant.
set -euo pipefail
port=$1 folder=$2
mkdir -p "$folder"
rm -f "$folder/g.db"
sqlite3 "$folder/g.db" </usr/share/dbconfig-common/data/glewlwyd/install/sqlite3 >/dev/null
sed -e 's#@include.*##' -e "s#^log_file=.*#log_file=\"$folder/log\"#" -e 's#^log_level=.*#log_level="ERROR"#' \
    -e "s#^port=.*#port=$port#" /etc/glewlwyd/glewlwyd.conf >"$folder/conf"
printf 'bind_address="127.0.0.1"\ndatabase = { type = "sqlite3"\n path = "%s/g.db" };\n' "$folder" >>"$folder/conf"
glewlwyd --config-file="$folder/conf" >"$folder/out" 2>&1 &
echo "PID=$!"
url=http://127.0.0.1:$port/api
for _ in $(seq 100); do
    if curl -s -o /dev/null "$url/"; then break; fi
    sleep 0.1
done

call() {
    curl -sf -b "$folder/jar" -c "$folder/jar" -X "$1" -H 'content-type: application/json' -d "$3" "$url/$2" -o /dev/null
}
call POST auth/ '{"username":"admin","password":"password"}'
# HS256, as the system that Usher replaces; Usher signs with ES256.
call POST mod/plugin/ '{"module":"oauth2-glewlwyd","name":"glwd","display_name":"OAuth2","parameters":{"url":"glwd",
    "jwt-type":"sha","jwt-key-size":"256","key":"0123456789abcdef0123456789abcdef","access-token-duration":600,
    "refresh-token-duration":1209600,"code-duration":600,"refresh-token-rolling":true,"auth-type-code-enabled":true,
    "auth-type-implicit-enabled":false,"auth-type-password-enabled":true,"auth-type-client-enabled":true,
    "auth-type-refresh-enabled":true,"scope":[]}}'
call POST scope/ '{"name":"s1","display_name":"s1","description":"one","password_required":true,"password_max_age":0,
    "scheme":{}}'
call POST 'user/?source=database' '{"username":"u1","name":"u","password":"password1","email":"u@example.com",
    "enabled":true,"scope":["s1"]}'
call POST 'client/?source=database' '{"client_id":"c1","name":"c","password":"clientpw1","confidential":false,
    "enabled":true,"redirect_uri":["http://localhost/"],"authorization_type":["password","refresh_token","code"],
    "scope":["s1"]}'
curl -sf -d 'grant_type=password&username=u1&password=password1&scope=s1&client_id=c1' "$url/glwd/token" |
    sed -n 's/.*"refresh_token":"\([^"]*\)".*/REFRESH=\1/p'
