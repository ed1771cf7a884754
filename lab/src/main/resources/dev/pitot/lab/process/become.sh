# Becomes a program, in a session of its own if the caller could make one. Before, notes process, begin,
# session (- if it is not its own) and boot in a file; kills what a lost connection left under the same tag.
# Parameters: the file, the tag, the program and its arguments.
n() { l=; { read -r l </proc/$1/stat; } 2>/dev/null
if [ "$l" ]; then set -- ${l##*) }; s=$4; b=${20}
else set -- $(ps -o pgid= -o lstart= -p $1 2>/dev/null); s=$1; b=$2$3$4$5$6; fi; }
j=; { read -r j </proc/sys/kernel/random/boot_id; } 2>/dev/null
f=$1; shift 2; p=; if [ -O "$f" ] && [ ! -L "$f" ]; then read -r p c d e <"$f"; fi
case $p in 0*|1|*[!0-9]*) p=;; esac
if [ "$p" ] && [ "$p/$j" = "$d/$e" ]; then n $p; if [ "$b" = "$c" ]; then kill -s KILL -- -$p; fi; fi
n $$; [ "$s" = $$ ] || s=-; rm -f "$f"
(umask 077; set -C; echo "$$ $b $s $j" >"$f") || exit 126
exec "$@"
