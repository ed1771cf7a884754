# Runs the program in the background, deaf to hang-ups, its output in files named after the note; comes back
# when it was noted.
rm -f "$f" "$f.out" "$f.err"; (umask 077; set -C; : >"$f.out" && : >"$f.err") || exit 126
trap '' HUP; "$@" >>"$f.out" 2>>"$f.err" </dev/null & p=$!
while [ ! -s "$f" ] && kill -s 0 $p 2>/dev/null; do sleep .1 2>/dev/null || sleep 1; done
if [ ! -s "$f" ]; then wait $p; exit $?; fi
