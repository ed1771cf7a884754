# Ends what a tag's program has become, or sends it a signal. Parameters: the file of its note, the tag, tenths
# of seconds between TERM and KILL (or a signal's name, LOOK, or KEEP: as LOOK, but a note of none goes), tenths to wait for the note.
# The processes are: the noted one; the members of its session, as long as it leads that (later, when the number may have
# been given to another, those only whose tag cannot be read, and that are not older than the note); those that have the tag in their environment;
# the descendants of all these; and each that was one of them before. All are known by pid and begin, so that a
# number that was given to another is not hit.
# t lists processes as pid/parent/session/state/begin (session: the group, where there is no /proc: macOS);
# m finds those with the tag; look sets a to the numbers of those that are there, and adds to k what they are
# known by.
# A look may miss a process whose parent starts it and ends meanwhile: only two looks in a row that find none are the end.
# Says none (neither note nor process), gone N M (N processes ended, M of them killed), left PID COMMAND for each
# that cannot be ended, or there after a signal. Only when none is left the note goes.
t() { if [ -r /proc/self/stat ]; then for f in /proc/[0-9]*/stat; do l=; { read -r l <$f; } 2>/dev/null
f=${f#/proc/}; set -- ${l##*) }; [ "${20}" ] && echo "${f%/stat}/$2/$4/$1/${20}"; done
else ps -A -o pid= -o ppid= -o pgid= -o stat= -o lstart= |
while read -r p q s z a b c d e; do echo "$p/$q/$s/$z/$a$b$c$d$e"; done; fi; }
m() { if [ -r /proc/self/environ ]; then grep -lF "PITOT_LAB_TAG=$g" /proc/[0-9]*/environ
else ps -A -E -ww -o pid= -o command= | grep -F "PITOT_LAB_TAG=$g" |
while read -r p l; do echo "/$p/"; done; fi; }
look() { x=$(t); e=$(m 2>/dev/null); a=' '; n=
for y in $x; do case $y in "$p"/*) if [ "${y##*/}" = "$b" ]; then v=1; else s=-; fi;; esac; done
until [ "$n" = "$a" ]; do n=$a; for y in $x; do IFS=/; set -- $y; IFS=$o
case $4 in Z*|X*) continue;; esac
case $a in *" $1 "*) continue;; esac
case $k in *" $1/$5 "*) ;; *) case $e in *"/$1/"*) ;; *) if [ "$3" != "$s" ] || ! ours $1 $5; then
case $a in *" $2 "*) ;; *) continue;; esac; fi;; esac
k="$k$1/$5 ";; esac
a="$a$1 "; done; done; }
ours() { [ $v ] || { [ -e /proc/$1/environ ] && [ ! -r /proc/$1/environ ] && [ $2 -ge $b ]; }; }
again() { nap; look; [ "$a" != ' ' ] || { nap; look; }; }
nap() { sleep .1 2>/dev/null || { sleep 1; r=$((r-9)); w=$((w-9)); }; r=$((r-1)); w=$((w-1)); }
j=; { read -r j </proc/sys/kernel/random/boot_id; } 2>/dev/null
f=$1; g=$2; r=$3; w=$4; o=$IFS; z=$r; while [ ! -s "$f" ] && [ $w -gt 0 ]; do nap; done; r=$z
p=; b=; s=-; i=; if [ -O "$f" ] && [ ! -L "$f" ]; then read -r p b s i <"$f"; fi
case $p in 0*|1|*[!0-9]*) p=;; esac
case $b in ''|*[!0-9]*) if [ -r /proc/self/stat ]; then p=; fi;; esac
if [ "$i" != "$j" ]; then p=; fi; [ "$p" ] && [ "$s" = "$p" ] || s=-; v=
k=" $p/$b "; look; [ "$a" != ' ' ] || look
case $r in *[!0-9]*) if [ "$a" = ' ' ]; then if [ $r = KEEP ] && [ -O "$f" ]; then rm -f "$f"; fi; echo none
else case $r in LOOK|KEEP) ;; *) kill -s $r $a 2>/dev/null;; esac; echo there; fi; exit 0;; esac
c=' '; h=' '
while [ "$a" != ' ' ] && [ $r -gt 0 ]; do for q in $a; do
case $c in *" $q "*) ;; *) c="$c$q "; kill -s TERM $q 2>/dev/null;; esac; done; again; done
r=50; while [ "$a" != ' ' ] && [ $r -gt 0 ]; do u=; for q in $a; do
kill -s KILL $q 2>/dev/null && u=1
case $c in *" $q "*) ;; *) c="$c$q ";; esac
case $h in *" $q "*) ;; *) h="$h$q ";; esac; done; [ $u ] || r=1; again; done
if [ "$a" = ' ' ]; then if [ -O "$f" ]; then rm -f "$f"; fi; set -- $h; h=$#; set -- $c
if [ "$p$i" ] || [ $# -gt 0 ]; then echo "gone $# $h"; else echo none; fi
else for q in $a; do echo "left $q" $({ tr '\0' ' ' </proc/$q/cmdline || ps -o args= -p $q; } 2>/dev/null)
done; fi
