#!/bin/bash
# A real Active Directory for tests and demos: provisions a Samba domain controller in the folder $1 and runs it until it is
# told to end. Started by samba.ts in a network of its own (unshare -n -m), since Samba's ports are fixed; relay.mjs carries
# connections out through a socket file. Needs root. Certificates are in $1/tls already. A domain that is there already is
# started as it was left. Passwords come in the environment, and go on by pipes: everybody may read a command line.
set -eu
D=$1 NODE=$2 RELAY=$3
ip link set lo up
mkdir -p "$D/run" "$D/cache"

S="$D/etc/smb.conf"
# samba-tool asks for a password twice; without a terminal it reads what comes in.
typed() { local pw=$1; shift; printf '%s\n%s\n' "$pw" "$pw" | setsid --wait samba-tool "$@" -s "$S" >/dev/null 2>>"$D/provision.log"; }
provision() {
# What an earlier start left half done.
rm -rf "$D/etc" "$D/private" "$D/state" "$D/bind-dns"
# -s /dev/null keeps Debian's sample smb.conf (home shares, printers) out of it.
samba-tool domain provision -s /dev/null --realm=CORP.EXAMPLE --domain=CORP \
  --server-role=dc --dns-backend=NONE --host-name=dc1 --host-ip=127.0.0.1 \
  --targetdir="$D" \
  --option='interfaces=lo' --option='bind interfaces only=yes' \
  --option='server services=ldap, cldap, kdc' >"$D/provision.log" 2>&1
# By default an old password still binds for an hour after a reset.
sed -i "/^\[global\]/a\\
	pid directory = $D/run\\
	ncalrpc dir = $D/run/ncalrpc\\
	old password allowed period = 0\\
	tls certfile = $D/tls/cert.pem\\
	tls keyfile = $D/tls/key.pem\\
	tls cafile = $D/tls/ca.pem" "$S"

samba-tool ou add 'OU=People,DC=corp,DC=example' -s "$S" >/dev/null
samba-tool ou add 'OU=Away,DC=corp,DC=example' -s "$S" >/dev/null
typed "$ADMIN_PW" user setpassword Administrator
typed "$SVC_PW" user create svc-reset
samba-tool domain passwordsettings set --account-lockout-threshold=5 --account-lockout-duration=10 \
  --reset-account-lockout-after=10 --min-pwd-length=8 --min-pwd-age=0 -s "$S" >/dev/null
SID=$(samba-tool user show svc-reset --attributes=objectSid -s "$S" | sed -n 's/^objectSid: //p')
U=bf967aba-0de6-11d0-a285-00aa003049e2 # class user
# The right "Reset Password", and to read and write lockoutTime and pwdLastSet, in one unit; nothing else.
samba-tool dsacl set --objectdn='OU=People,DC=corp,DC=example' -s "$S" >/dev/null --sddl="\
(OA;CIIO;CR;00299570-246d-11d0-a768-00aa006e0529;$U;$SID)\
(OA;CIIO;RPWP;28630ebf-41d5-11d1-a9c1-0000f80367c1;$U;$SID)\
(OA;CIIO;RPWP;bf967a0a-0de6-11d0-a285-00aa003049e2;$U;$SID)"
touch "$D/provisioned"
}
if [ ! -e "$D/provisioned" ]; then provision; fi
rm -f "$D/ldaps.sock"

unset ADMIN_PW SVC_PW
samba -i -M single -s "$S" --debug-stdout >"$D/samba.log" 2>&1 </dev/null &
DC=$!
"$NODE" "$RELAY" "$D/ldaps.sock" 636 &
PORT=$!
trap 'kill -TERM $DC $PORT 2>/dev/null || true' EXIT
trap 'exit 0' TERM
wait -n $DC $PORT
