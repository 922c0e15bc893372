#!/usr/bin/env bash
# A distributor's day through the API, with nothing but curl and jq: builds a tree of three levels, enrols systems,
# uploads, moves a system and a reseller, rotates and re-issues secrets, brings a backup back, and destroys it all.
#
#   COFFER=http://127.0.0.1:9080 COFFER_USER=admin COFFER_PASSWORD=… docs/examples/fleet.sh
#
# The account is a super-administrator of the owner's organization. Everything made here is called "Example …" and is gone,
# for good, a quarter of an hour after the script.
set -euo pipefail
api="${COFFER:?the address of the server}/api"

say() { printf '\n== %s\n' "$*"; }

# call METHOD PATH [JSON]: prints the answer's data; anything but 2xx ends the script and shows why.
call() {
    local answer
    answer=$(curl -sS --fail-with-body -X "$1" "$api$2" -H "Authorization: Bearer $token" \
        ${3:+-H 'Content-Type: application/json' -d "$3"}) || {
        printf '%s\n' "$answer" >&2
        return 1
    }
    jq -c .data <<< "$answer"
}

# organization TYPE PARENT NAME: prints the new id.
organization() {
    call POST /organizations "$(jq -nc --arg t "$1" --arg p "$2" --arg n "$3" '{type: $t, parent_id: $p, name: $n}')" | jq -r .id
}

# enrol ORGANIZATION NAME: makes a system and lets it register, as the appliance would; prints id, key and secret.
enrol() {
    local made
    made=$(call POST /systems "$(jq -nc --arg o "$1" --arg n "$2" '{organization_id: $o, name: $n, type: "firewall"}')")
    register "$(jq -r .system_secret <<< "$made")"
    jq -r '[.system.id, .system_key, .system_secret] | @tsv' <<< "$made"
}

register() {
    curl -sS --fail-with-body "$api/systems/register" --json "$(jq -nc --arg s "$1" '{system_secret: $s}')" > /dev/null
}

# upload KEY:SECRET TEXT: prints the backup's id.
upload() {
    printf '%s\n' "$2" | curl -sS --fail-with-body -u "$1" --data-binary @- -H 'X-Filename: config.txt' \
        -H 'Content-Type: application/octet-stream' "$api/systems/backups" | jq -r .data.id
}

status() { curl -sS -o /dev/null -w '%{http_code}' -u "$1" "$api/systems/backups"; }

say 'Sign in'
signed_in=$(curl -sS --fail-with-body "$api/auth/login" --json \
    "$(jq -nc --arg u "${COFFER_USER:?}" --arg p "${COFFER_PASSWORD:?}" '{username: $u, password: $p}')")
token=$(jq -r .data.token <<< "$signed_in")
owner=$(jq -r .data.user.organization.id <<< "$signed_in")
echo "administrator of $owner"

say 'A tree of three levels'
distributor=$(organization distributor "$owner" 'Example Nord')
other=$(organization distributor "$owner" 'Example Sud')
reseller=$(organization reseller "$distributor" 'Example Rossi')
bianchi=$(organization customer "$reseller" 'Example Bianchi')
verdi=$(organization customer "$reseller" 'Example Verdi')
call PUT "/organizations/$reseller/policy" '{"quota_bytes": 1073741824, "max_backups": 20}' > /dev/null
call GET '/organizations?search=example&sort=created_at' | jq -r '.organizations[] | "\(.type)\t\(.name)"'

say 'Two systems enrol and upload'
read -r one key secret < <(enrol "$bianchi" 'example-fw-1')
read -r two key2 secret2 < <(enrol "$verdi" 'example-fw-2')
first=$(upload "$key:$secret" 'configuration 1')
upload "$key:$secret" 'configuration 2' > /dev/null
upload "$key2:$secret2" 'configuration A' > /dev/null
call GET "/systems?organization_id=$reseller&include_hierarchy=true" \
    | jq -r '.systems[] | "\(.name)\t\(.organization.name)\t\(.backup_state)\t\(.usage.backups) backups"'

say 'A backup goes to the trash and comes back, pinned for a week'
call DELETE "/systems/$one/backups/$first" | jq -r .state
call POST "/systems/$one/backups/$first/untrash" | jq -r '"\(.state), pinned until \(.pinned_until)"'

say 'A download, from the store itself'
curl -sS --fail-with-body "$(call GET "/systems/$one/backups/$first/download" | jq -r .download_url)"

say 'The first system is given to the other customer: same key, same secret, same backups'
call POST "/systems/$one/reassign" "$(jq -nc --arg o "$verdi" '{organization_id: $o}')" | jq -r .organization.name
echo "the appliance gets $(status "$key:$secret")"
call GET "/organizations/$verdi/usage" | jq -c .usage.own

say 'The reseller moves to the other distributor, with all below it'
call POST "/organizations/$reseller/move" "$(jq -nc --arg p "$other" '{parent_id: $p}')" | jq -r .name
call GET "/organizations/$other/usage" | jq -c .usage.subtree

say 'A leaked secret is rotated, the old one works a minute longer'
new=$(call POST "/systems/$one/regenerate-secret" '{"overlap_seconds": 60}' | jq -r .system_secret)
echo "old $(status "$key:$secret"), new $(status "$key:$new")"

say 'Replacement hardware: the new secret registers once, and that ends the old ones'
replacement=$(call POST "/systems/$two/reissue" | jq -r .system_secret)
echo "before: old $(status "$key2:$secret2"), new $(status "$key2:$replacement")"
register "$replacement"
echo "after:  old $(status "$key2:$secret2"), new $(status "$key2:$replacement")"

say 'The end: both distributors are deleted, and the appliances are shut out'
call DELETE "/organizations/$distributor" > /dev/null
call DELETE "/organizations/$other" > /dev/null
echo "the appliances get $(status "$key:$new") and $(status "$key2:$replacement")"

say 'So far all of it could be brought back. Now it is destroyed, with every byte in the store'
for organization in "$distributor" "$other"; do
    purge=$(call DELETE "/organizations/$organization/destroy" | jq -r .purge_id)
    call GET "/purges/$purge" | jq -r '"erasure \(.id): \(.state), \(.step)"'
done
echo 'It takes a quarter of an hour: whoever holds a download address may use it until it ends, and the store is looked through'
echo 'twice. Then GET /api/purges/<id>/receipt is the signed proof.'
