#!/bin/sh
# A Monday morning at the fictitious practice: import, shadow run, signing from afar, bulk submission through a
# clearinghouse by SFTP, 999, 277CA, 835, corrections, paid. Needs a gateway that was started with `npm start`, or without
# the demonstration with `node dist/apps/cli/main.js up --no-demonstration`. Can be played once in a practice.
#   sh docs/examples/a-monday-morning/story.sh [state directory: .sluice]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
state=${1:-$root/.sluice}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sluice() { SLUICE_STATE_DIRECTORY="$state" node "$root/dist/apps/cli/main.js" "$@"; }
as() { printf '%s' "$2" | { who=$1; shift 2; show "$who" "$@"; sluice "$@" --user "$who" --password-stdin; }; }
show() { who=$1; shift; printf '\n%s$ sluice %s\n' "$who" "$*"; }
billing() { as billing lantern-invoices "$@"; }
privacy() { as privacy lantern-privacy "$@"; }
admin() { as admin lantern-keyring "$@"; }
waits() { "$@" || test $? -eq 1; }

node "$here/prepare.mjs" "$work"
cd "$work"
crossing=$state/sandbox/crossing
cp "$crossing/connection.json" crossing.json
cp "$crossing/secret" crossing.key

printf '# What the old system had: rehearsed first, then imported.\n'
admin import insurers insurers.csv
billing import clients clients.csv --dry-run
billing import clients clients.csv
billing import coverages coverages.csv
billing import releases releases.csv

printf '\n# Insurers are reached through a clearinghouse, under agreement, by files over SFTP.\n'
for one in larkspur-health:CX101 marigold-mutual:CX102; do
  admin routes add "${one%:*}" --through Crossing --agreement BAA-2026-7 --signed-on 2026-01-05 \
    --payer-id "${one#*:}" --resolution duplicate-detection --connection crossing.json --secret-file crossing.key
done

printf '\n# Three releases were signed on paper: scanned by one person, checked by another.\n'
for client in M-101 M-102 M-103; do
  billing scans attach "$client" paper.pdf
  privacy scans check "$client" --accept --signed-on "$(date -u +%Y-%m-%d)"
done

printf '\n# What would become of last month? Nothing is stored, nothing is sent.\n'
waits billing shadow invoices.jsonl

printf '\n# M-104 has not signed: a link by which the client signs from afar.\n'
billing links make M-104 | tee link.txt
link=$(grep -o '^/v1/sign/[^ ]*' link.txt)
gateway=$(sed -n 's/.*"address": "\(.*\)".*/\1/p' "$state/running.json")
node "$here/sign-from-afar.mjs" "$gateway" "$link" 2001-05-19 'Leopold Fairweather' copy.pdf

printf '\n# All of it, in one go.\n'
billing batch invoices.jsonl
billing disclosures wait M-101 M-103 M-104 --for paid --within 120
billing disclosures wait M-102 --for rejected --within 120

printf '\n# M-102 was refused: the member id was mistyped. Corrected, and sent again as an original.\n'
billing import coverages coverages-corrected.csv
billing corrections resubmit M-102 corrected.json
billing disclosures wait M-102 --for paid --within 120

printf '\n# M-101 was paid for two sessions and had one: replaced, by the insurer’s own number (frequency 7).\n'
billing corrections replace M-101 replacement.json
billing disclosures wait M-101 --for paid --within 120

printf '\n# Everything is paid.\n'
for client in M-101 M-102 M-103 M-104; do billing search "$client"; done
billing receipt M-103 --to receipt.pdf
