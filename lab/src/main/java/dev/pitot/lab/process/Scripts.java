package dev.pitot.lab.process;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Scripts for POSIX shells (sh of Debian, Android, macOS, BusyBox), without here-documents, which
/// need a writable folder on Android. What varies comes as positional parameters, so that nothing
/// is quoted. They are short, since a console types them.
final class Scripts {
    /// Sets `j` to the start of the machine that this is, where it can be known.
    static final String BOOT = "j=; { read -r j </proc/sys/kernel/random/boot_id; } 2>/dev/null\n";

    /// Becomes the program, in a session of its own if the caller could make one; before, notes
    /// process, begin, session (`-` if it is not its own) and boot in a file. Whatever a lost
    /// connection left under the same tag is killed first. Parameters: the file, the tag, the
    /// program and its arguments.
    private static final String BECOME = text("""
            n() { l=; { read -r l </proc/$1/stat; } 2>/dev/null
            if [ "$l" ]; then set -- ${l##*) }; s=$4; b=${20}
            else set -- $(ps -o pgid= -o lstart= -p $1 2>/dev/null); s=$1; b=$2$3$4$5$6; fi; }
            """ + BOOT + """
            f=$1; shift 2; p=; if [ -O "$f" ] && [ ! -L "$f" ]; then read -r p c d e <"$f"; fi
            if [ "$p" ] && [ "$p/$j" = "$d/$e" ]; then n $p; if [ "$b" = "$c" ]; then kill -s KILL -- -$p; fi; fi
            n $$; [ "$s" = $$ ] || s=-; rm -f "$f"
            (umask 077; set -C; echo "$$ $b $s $j" >"$f") || exit 126
            exec "$@\"""");

    /// Makes `$@` the command that begins a session where the node can. A child in the foreground
    /// of a script is never the leader of a group: so `setsid` does not fork, and the exit code
    /// comes through. In the background SIGINT would be ignored for ever.
    private static final String SESSION = """
            i=$1; shift; f=$1; PITOT_LAB_TAG=$2; export PITOT_LAB_TAG; set -- sh -c "$i" pitot-lab "$@"
            if command -v setsid; then set -- setsid "$@"
            elif command -v perl; then set -- perl -e 'use POSIX; setsid; exec @ARGV' "$@"; fi >/dev/null
            """;

    /// Runs a program and exits as it does. The shell's own word about a killed child is not
    /// heard. Parameters: [#BECOME], and those of that.
    private static final String START = text(SESSION + """
            exec 3>&2 2>/dev/null; (exec "$@" 2>&3 3>&- </dev/null); exit $?""");

    /// The same in the background, deaf to hang-ups, its output in files named after the first;
    /// comes back when the program was noted.
    private static final String START_DETACHED = text(SESSION + """
            rm -f "$f" "$f.out" "$f.err"; (umask 077; set -C; : >"$f.out" && : >"$f.err") || exit 126
            trap '' HUP; "$@" >>"$f.out" 2>>"$f.err" </dev/null & p=$!
            while [ ! -s "$f" ] && kill -s 0 $p 2>/dev/null; do sleep .1 2>/dev/null || sleep 1; done
            if [ ! -s "$f" ]; then wait $p; exit $?; fi""");

    /// Ends what a tag's program has become, or sends it a signal. Parameters: the file of its
    /// note, the tag, tenths of seconds between TERM and KILL (or a signal's name, or `LOOK`),
    /// tenths to wait for the note.
    ///
    /// The processes are: the noted one; the members of its session; those that have the tag in
    /// their environment; the descendants of all these; and each that was one of them before. All
    /// are known by pid and begin, so that a number that was given to another is not hit. `t`
    /// lists processes as `pid/parent/session/state/begin` (session: the group, where there is no
    /// /proc: macOS); `look` sets `a` to the numbers of those that are there, and adds to `k` what
    /// they are known by.
    ///
    /// Says `none` (neither note nor process), `gone N M` (N processes ended, M of them killed),
    /// `left PID COMMAND` for each that cannot be ended, or `there` after a signal. Only when
    /// none is left the note goes.
    private static final String END = text("""
            t() { if [ -r /proc/self/stat ]; then for f in /proc/[0-9]*/stat; do l=; { read -r l <$f; } 2>/dev/null
            f=${f#/proc/}; set -- ${l##*) }; [ "${20}" ] && echo "${f%/stat}/$2/$4/$1/${20}"; done
            else ps -A -o pid= -o ppid= -o pgid= -o stat= -o lstart= |
            while read -r p q s z a b c d e; do echo "$p/$q/$s/$z/$a$b$c$d$e"; done; fi; }
            m() { if [ -r /proc/self/environ ]; then grep -lF "PITOT_LAB_TAG=$g" /proc/[0-9]*/environ
            else ps -A -E -ww -o pid= -o command= | grep -F "PITOT_LAB_TAG=$g" |
            while read -r p l; do echo "/$p/"; done; fi; }
            look() { x=$(t); e=$(m 2>/dev/null); a=' '; n=
            for y in $x; do case $y in "$p"/*) [ "${y##*/}" = "$b" ] || s=-;; esac; done
            until [ "$n" = "$a" ]; do n=$a; for y in $x; do IFS=/; set -- $y; IFS=$o
            case $4 in Z*|X*) continue;; esac
            case $a in *" $1 "*) continue;; esac
            case $k in *" $1/$5 "*) ;; *) case $e in *"/$1/"*) ;; *) if [ "$3" != "$s" ]; then
            case $a in *" $2 "*) ;; *) continue;; esac; fi;; esac
            k="$k$1/$5 ";; esac
            a="$a$1 "; done; done; }
            nap() { sleep .1 2>/dev/null || { sleep 1; r=$((r-9)); w=$((w-9)); }; r=$((r-1)); w=$((w-1)); }
            """ + BOOT + """
            f=$1; g=$2; r=$3; w=$4; o=$IFS; z=$r; while [ ! -s "$f" ] && [ $w -gt 0 ]; do nap; done; r=$z
            p=; b=; s=-; i=; if [ -O "$f" ] && [ ! -L "$f" ]; then read -r p b s i <"$f"; fi
            case $p in *[!0-9]*) p=;; esac
            if [ "$i" != "$j" ]; then p=; fi; [ "$p" ] || s=-
            k=" $p/$b "; look
            case $r in *[!0-9]*) if [ "$a" = ' ' ]; then echo none
            else [ $r = LOOK ] || kill -s $r $a 2>/dev/null; echo there; fi; exit 0;; esac
            c=' '; h=' '
            while [ "$a" != ' ' ] && [ $r -gt 0 ]; do for q in $a; do
            case $c in *" $q "*) ;; *) c="$c$q "; kill -s TERM $q 2>/dev/null;; esac; done; nap; look; done
            r=50; while [ "$a" != ' ' ] && [ $r -gt 0 ]; do u=; for q in $a; do
            kill -s KILL $q 2>/dev/null && u=1
            case $c in *" $q "*) ;; *) c="$c$q ";; esac
            case $h in *" $q "*) ;; *) h="$h$q ";; esac; done; [ $u ] || r=1; nap; look; done
            if [ "$a" = ' ' ]; then if [ -O "$f" ]; then rm -f "$f"; fi; set -- $h; h=$#; set -- $c
            if [ "$p$i" ] || [ $# -gt 0 ]; then echo "gone $# $h"; else echo none; fi
            else for q in $a; do echo "left $q" $({ tr '\\0' ' ' </proc/$q/cmdline || ps -o args= -p $q; } 2>/dev/null)
            done; fi""");

    private Scripts() {}

    /// Each line from its first sign on: the fewer are typed on a console.
    static String text(String script) {
        return script.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    /// The command that starts a program with a note and a tag.
    static List<String> start(boolean isDetached, String note, String tag, List<String> command) {
        List<String> parameters = new ArrayList<>(List.of(BECOME, note, tag));
        parameters.addAll(command);
        return words(isDetached ? START_DETACHED : START, parameters);
    }

    /// The command that ends a program or sends it a signal.
    ///
    /// @param what tenths of seconds until it is killed, or a signal
    /// @param noteTenths how long its note may take to come
    static List<String> end(String note, String tag, String what, long noteTenths) {
        return words(END, List.of(note, tag, what, Long.toString(noteTenths)));
    }

    /// The command that runs a script with parameters.
    static List<String> words(String script, List<String> parameters) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", script, "pitot-lab"));
        words.addAll(parameters);
        return words;
    }
}
