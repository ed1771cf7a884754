#!/bin/sh
# Typical use of iperf3 in scripts, without anything specific to Pitot: runs with any iperf3 on the PATH.
#
#     sh iperf3-users.sh FOLDER PORT
#
# FOLDER holds auth/ (keys, and a user mario with the password rossi) and is written to; PORT and the next one are free.
# The first command with an unexpected result ends the script with its exit code.
set -eu

folder=$1
port=$2
secure_port=$((port + 1))
count=0

# Runs a client; its output goes to a file, and is shown if it fails.
test_with() {
    count=$((count + 1))
    if ! iperf3 -c 127.0.0.1 -p "$port" "$@" >"$folder/out.txt" 2>&1; then
        echo "failed: iperf3 -c 127.0.0.1 -p $port $*"
        cat "$folder/out.txt"
        exit 1
    fi
}

# Fails if the last output lacks a piece of text.
shows() {
    if ! grep -q -- "$1" "$folder/out.txt"; then
        echo "no '$1' in:"
        cat "$folder/out.txt"
        exit 1
    fi
}

refuses() {
    count=$((count + 1))
    if iperf3 "$@" >"$folder/out.txt" 2>&1; then
        echo "not refused: iperf3 $*"
        exit 1
    fi
}

# Ends the daemons, which remove their PID files.
stop() {
    for file in "$folder/server.pid" "$folder/secure.pid"; do
        process=$(cat "$file" 2>/dev/null | tr -d '\0') || continue
        kill "$process" 2>/dev/null || continue
        attempts=0
        while kill -0 "$process" 2>/dev/null && [ "$attempts" -lt 50 ]; do
            attempts=$((attempts + 1))
            sleep 0.1
        done
    done
}
trap stop EXIT

iperf3 --version | grep -q '^iperf 3\.'
iperf3 --help | grep -q -- '--bidir'

# Two servers in the background, as from an init script.
iperf3 -s -D -p "$port" -I "$folder/server.pid" --logfile "$folder/server.log"
iperf3 --server --daemon --port "$secure_port" --pidfile "$folder/secure.pid" \
    --rsa-private-key-path "$folder/auth/private.pem" --authorized-users-path "$folder/auth/users.csv"
attempts=0
until iperf3 -c 127.0.0.1 -p "$port" -n 1K >/dev/null 2>&1; do # iperf3 returns before its daemon listens
    attempts=$((attempts + 1))
    [ "$attempts" -lt 50 ]
    sleep 0.1
done

# TCP
test_with -t 1 -i 0.5
shows 'iperf Done.'
test_with -n 10M -P 3
shows '\[SUM\].*receiver'
test_with -n 10M -P 3 -R
shows 'Reverse mode, remote host 127.0.0.1 is sending'
test_with -t 1 --bidir -b 100M
shows '\[RX-C\]'
test_with -k 100
test_with -k 100 -l 1000
test_with -t 1 -O 1 -b 100M
shows '(omitted)'
test_with -n 1M -w 200K -l 64K
test_with -t 1 -b 50M -R
test_with -n 1M -b 50M/10
test_with -n 10M -Z
test_with -n 1M -4
test_with -n 1M -M 1000 -N
test_with -n 1M -C cubic
test_with -n 1M -S 184
test_with -n 1M --dscp ef
test_with -n 1M -T 'a title'
shows '^a title:  '
test_with -n 1M -f m
shows 'Mbits/sec'
test_with -n 1M -V
shows 'Test Complete. Summary Results:'
test_with -n 1M --cport 21690
shows 'port 21690 connected to'
test_with -n 1M -A 0,0
test_with -n 1M --connect-timeout 2000 --snd-timeout 5000 --forceflush
test_with -n 1M -R --rcv-timeout 5000
test_with -n 1M --fq-rate 500M
test_with -n 1M --timestamps
test_with -n 1M --timestamps='%H:%M:%S '
shows '^[0-9][0-9]:[0-9][0-9]:[0-9][0-9] Connecting'
test_with -n 1M --get-server-output
shows '^Server output:'
test_with -n 1M -J --extra-data 'some data'
shows '"extra_data":	"some data"'
test_with -n 1M --logfile "$folder/client.log"
grep -q 'iperf Done.' "$folder/client.log"
test_with -F "$folder/auth/users.csv"
shows 'Sent .* of '
test_with -n 1M -6 -c ::1
shows 'local ::1'

# UDP
test_with -u -t 1 -i 0.5
shows 'Total Datagrams'
test_with -u -b 50M -n 1M -l 1400
shows 'Lost/Total Datagrams'
test_with -u -b 50M -n 1M -l 1400 -R
test_with -u -b 50M -n 1M -l 1400 --bidir
test_with -u -b 50M -k 300 -l 1400 -P 2
test_with -u -b 50M -k 300 -l 1400 -w 256K --udp-counters-64bit --repeating-payload
test_with -u -b 50M -k 300 -l 1400 --dont-fragment --pacing-timer 500
test_with -u -b 50M -k 300 -l 1400 -J
shows '"protocol":	"UDP"'

# Spellings: abbreviated names, bundled letters, values attached to their option.
test_with --rev --byt=1M --par 2
test_with -Vu -b50M -k100 -l1400
shows 'Test Complete. Summary Results:'

# Authentication
port=$secure_port
export IPERF3_PASSWORD=rossi
test_with -n 1M --username mario --rsa-public-key-path "$folder/auth/public.pem"
test_with -n 1M --username mario --rsa-public "$folder/auth/public.pem" -R
export IPERF3_PASSWORD=wrong
refuses -c 127.0.0.1 -p "$port" -n 1M --username mario --rsa-public-key-path "$folder/auth/public.pem"

# Error behaviour that scripts rely on
refuses -c 127.0.0.1 -p 1 -n 1M
shows '^iperf3: error - unable to connect to server'
refuses --no-such-option
shows "^iperf3: unrecognized option '--no-such-option'"
refuses -s -u
shows '^iperf3: parameter error - some option you are trying to set is client only'
refuses -c 127.0.0.1 -n 1M -t 1
shows '^iperf3: parameter error - only one test end condition'

grep -q 'Accepted connection from' "$folder/server.log"
echo "all $count did as expected"
