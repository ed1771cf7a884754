package dev.pitot.lab.process;

import java.util.ArrayList;
import java.util.List;

/// Scripts for POSIX shells (sh of Debian, Android, macOS, BusyBox). Each is one line, since a
/// console may carry it; what varies comes as positional parameters, so that nothing is quoted.
final class Scripts {
    /// `look PID` sets `b` to when that process began and `z` to its state, both empty if there
    /// is none. A pid that was given to another process has another beginning: of Linux in
    /// ticks since the start of the machine (proc(5): field 22 of stat), of others as `ps` has
    /// it.
    private static final String LOOK = "look() { b=; z=; l=; if [ -r /proc/$1/stat ]; then"
            + " { read -r l </proc/$1/stat; } 2>/dev/null; set -- ${l##*) }; z=$1; b=${20};"
            + " else z=$(ps -o stat= -p $1 2>/dev/null); b=$(ps -o lstart= -p $1 2>/dev/null); b=$(echo $b); fi; };";

    /// Becomes the program; before, notes its process in a file. Parameters: the file, the
    /// program and its arguments. The shell's process becomes the program's, so
    /// that the note is right.
    static final String START = LOOK + " f=$1; shift; look $$; rm -f \"$f\";"
            + " (umask 077; set -C; echo \"$$ $b\" >\"$f\") || exit 126; exec \"$@\"";

    /// The same in the background, deaf to hang-ups, its output in files that are named after the
    /// first.
    static final String START_DETACHED = LOOK + " f=$1; shift; rm -f \"$f\" \"$f.out\" \"$f.err\";"
            + " (umask 077; set -C; : >\"$f.out\" && : >\"$f.err\") || exit 126;"
            + " (trap '' HUP; exec \"$@\") >>\"$f.out\" 2>>\"$f.err\" </dev/null & p=$!; look $p;"
            + " (umask 077; set -C; echo \"$p $b\" >\"$f\") || exit 126";

    /// Sends a signal to the process that a file notes, if it is still that process. Parameters:
    /// the file, the signal's name (0 only looks). Says `none` if the file is not there, is
    /// empty or somebody else's; `gone`; `refused` if the process is somebody else's; or
    /// `there`, and the signal was sent.
    static final String SIGNAL = LOOK + " f=$1; g=$2; if [ ! -O \"$f\" ] || [ -L \"$f\" ]; then echo none; exit 0; fi;"
            + " p=; read -r p s <\"$f\"; case $p in ''|*[!0-9]*) echo none; exit 0;; esac; look $p;"
            + " case $z in ''|Z*|X*) echo gone; exit 0;; esac;"
            + " if [ \"$b\" != \"$s\" ]; then echo gone; exit 0; fi;"
            + " if kill -s $g $p; then echo there; else echo refused; fi";

    /// Sends a signal to processes. Parameters: its name, their numbers.
    static final String KILL = "g=$1; shift; kill -s $g \"$@\"";

    /// Names those of some processes that run: one that has ended is listed by `ps` until its
    /// parent has noticed. Parameters: their numbers.
    static final String RUNNING =
            LOOK + " for q in \"$@\"; do look $q; case $z in ''|Z*|X*) ;; *) echo $q;; esac; done";

    /// Names files that match a pattern, one a line. Parameters: the folder, the pattern.
    static final String LIST = "cd \"$1\" || exit 0; for f in $2; do if [ -O \"$f\" ]; then echo \"$f\"; fi; done";

    private Scripts() {}

    /// The command that runs a script with parameters.
    static List<String> words(String script, List<String> parameters) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", script, "pitot-lab"));
        words.addAll(parameters);
        return words;
    }
}
