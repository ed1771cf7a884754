# Takes, renews or gives back a node. Parameters: the folder; take, renew, release or forget; the session; seconds
# that its lease holds; what people are told of it; the key, if it is not the network namespace; sessions that are
# known to be dead.
# A lease is SESSION SECONDS BOOT RENEWED TEXT. It is made by set -C, which is atomic. One that is over is put aside,
# under the name of its session, by whoever makes the folder that stands for just that: so only one does.
# What is read is checked before it gets into arithmetic, where a shell would run it.
# One that was renewed in the future, or that holds for more than an hour, is over. Other files than plain ones are not
# opened, and of a long one little is read.
# Says taken, shared, renewed, failed KIND FILE (kind: it is no file; else write), or held SESSION TEXT; then, of leases
# of the same user, live SESSION TEXT for each that is not over, and dead SESSION AGE TEXT for each that is over
# (age -1: unknown), and note FILE for each of that session's programs.
j=; { read -r j </proc/sys/kernel/random/boot_id; } 2>/dev/null
d=$1/pitot-lab-; S=$3; V=$4; T=$5; k=$6; K=$7; case $j in *[!0-9a-f-]*) j=;; esac; j=${j:-0}
[ "$k" ] || { k=$(readlink /proc/self/ns/net || hostname); k=${k#*[}; k=${k%]}; } 2>/dev/null
case $k in ''|*[!A-Za-z0-9._]*) k=node;; esac
f=${d}lease-$k
now() { { read -r u _ </proc/uptime; } 2>/dev/null || u=$(date +%s); u=${u%%.*}; }
line() { now; echo "$S $V $j $u $T"; }
w() { t=${l%%" "*}; case $l in *" "*) l=${l#*" "};; *) l=;; esac; }
rd() { l=; if [ -f "$1" ] && [ ! -L "$1" ]; then l=$(head -c 512 "$1" | head -n 1); fi 2>/dev/null
w; s=$t; w; v=$t; w; b=$t; w; n=$t; t=$l
case $s in *[!A-Za-z0-9._]*) s=;; esac
case $v in ''|*[!0-9]*|0?*|?????????*) s=;; esac
case $n in ''|*[!0-9]*|0?*) s=;; ????????????*) n=0; v=0;; esac; }
old() { now; case " $K " in *" $s "*) return 0;; esac
[ "$b" != $j ] || [ $((u-n)) -ge $v ] || [ $((n-u)) -gt 60 ] || [ $v -gt 3600 ]; }
bad() { echo "failed $1 $f"; }
put() { (umask 022; rm -f "$f.$S"; set -C; line >"$f.$S" && mv -f "$f.$S" "$f") 2>/dev/null; }
any() { for p in "$d$s"-*.pid; do if [ -O "$p" ]; then return 0; fi; done; return 1; }
i=0; while [ $2 = take ] || [ $2 = renew ]; do
if [ -e "$f" ] && [ ! -f "$f" ]; then bad kind; break; fi
if [ ! -w "$1" ]; then bad write; break; fi
if (umask 022; set -C; line >"$f") 2>/dev/null; then echo taken; break; fi
rd "$f"; if [ "$s" = "$S" ] && ! old; then if [ $2 = take ]; then echo shared
else put && echo renewed || bad write; fi; break; fi
if [ "$s" ] && ! old; then echo "held $s $t"; break; fi
i=$((i+1)); if [ $i -gt 4 ]; then bad write; break; fi
if [ "$s" ]; then m=$f.$s.$j; z=$s; if mkdir "$m" 2>/dev/null; then rd "$f"
if [ "$s" = "$z" ] && old; then if [ "$s" = "$S" ]; then put; else mv -f "$f" "${d}lease-$s" 2>/dev/null; fi; fi
rmdir "$m"; else sleep 1; fi
else sleep 1; if [ $i = 3 ]; then rd "$f"; [ "$s" ] || rm -f "$f"; fi; fi; done
if [ $2 = release ]; then rd "$f"; if [ "$s" = "$S" ]; then if any; then V=0; put; else rm -f "$f"; fi; fi; fi
if [ $2 = forget ]; then for f in "${d}lease-"*; do [ -O "$f" ] || continue; rd "$f"; if [ "$s" = "$S" ] && old && ! any; then
rm -f "$f" "$d$s"-*.pid.out "$d$s"-*.pid.err; fi; done; fi
if [ $2 = take ]; then for f in "${d}lease-"*; do [ -O "$f" ] || continue; rd "$f"
if [ "$s" ] && [ "$s" != "$S" ]; then if ! old; then echo "live $s $t"; continue; fi
[ "$b" = $j ] && [ $v -gt 0 ] && [ $n -le $u ] && u=$((u-n)) || u=-1; echo "dead $s $u $t"
for p in "$d$s"-*.pid; do [ -O "$p" ] && echo "note ${p##*/}"; done; fi; done; fi; exit 0
