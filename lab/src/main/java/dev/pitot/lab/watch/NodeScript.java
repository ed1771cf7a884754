package dev.pitot.lab.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What is run on a node's POSIX shell. Values reach it as arguments, never as text of the
/// script. Each script begins with the line `MARK pid N`, and has `PITOT_MARK=MARK` in its
/// environment, by which its processes are known on the node.
final class NodeScript {
    /// Between two signs of life: so long a loop may outlive a connection that was lost.
    private static final int BEAT_SECONDS = 2;

    private static final String BEGIN = "PITOT_MARK=$0; export PITOT_MARK; echo \"$0 pid $$\" || exit 0; ";

    /// Ends a process and what it has started. It is stopped first, so that it starts no more. A
    /// process that is seen not to be ours is left alone: ours has the mark among its words, as
    /// a script, or in its environment, which it then began with.
    private static final String END_TREE = """
            pid=$1; signal=$2; mark=$3
            if seen=$(tr '\\0' ' ' 2>/dev/null </proc/$pid/environ); then
              seen="$seen $(tr '\\0' ' ' 2>/dev/null </proc/$pid/cmdline)"
              case $seen in *"$mark"*) ;; *) exit 0 ;; esac
            fi
            kill -STOP $pid 2>/dev/null
            all=$(ps -A -o pid= -o ppid= 2>/dev/null)
            tree=$pid; front=$pid
            while [ -n "$front" ]; do
              next=
              set -- $all
              while [ $# -ge 2 ]; do
                for parent in $front; do [ "$2" = "$parent" ] && next="$next $1"; done
                shift 2
              done
              tree="$tree $next"; front=$next
            done
            kill -"$signal" $tree 2>/dev/null
            kill -CONT $tree 2>/dev/null
            exit 0""";

    private NodeScript() {}

    /// Runs a reading again and again, with `MARK end` behind each. It ends itself when nobody
    /// hears it any more, at the latest with its next sign of life.
    static List<String> loop(String mark, Question.Shell reading, Duration interval) {
        String script = BEGIN
                + "reading() { "
                + reading.text()
                + "\n}\nwhile :; do reading \"$@\" 2>&1; echo \"$0 end\" || exit 0; "
                + naps(interval)
                + "done";
        return shell(mark, script, reading.arguments());
    }

    /// Runs a reading once.
    static List<String> once(String mark, Question.Shell reading) {
        return shell(mark, BEGIN + reading.text(), reading.arguments());
    }

    /// Runs a command that goes on; it is ended when nobody hears this script any more. The signs
    /// of life go to standard error, so that they do not part the command's lines.
    static List<String> follow(String mark, List<String> command) {
        // A shell that dies of SIGPIPE at the echo would leave the command behind: so it is
        // ignored.
        String script = BEGIN
                + "\"$@\" & c=$!; trap '' PIPE; while kill -0 $c 2>/dev/null; do sleep "
                + BEAT_SECONDS
                + "; echo \"$0 beat\" >&2 || { kill $c; exit 0; }; done; wait $c";
        return shell(mark, script, command);
    }

    /// Becomes a command.
    static List<String> command(String mark, List<String> command, Map<String, String> environment) {
        List<String> words = new ArrayList<>();
        environment.forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(command);
        return shell(mark, BEGIN + "exec env \"$@\"", words);
    }

    /// Ends the process of a script and all that it has started.
    ///
    /// @param mark of the script
    /// @param signal `TERM` or `KILL`
    static List<String> end(long pid, String mark, String signal) {
        return List.of("sh", "-c", END_TREE, "pitot-end", Long.toString(pid), signal, mark);
    }

    private static List<String> shell(String mark, String script, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", script, mark));
        words.addAll(arguments);
        return List.copyOf(words);
    }

    /// Waits in steps, with a sign of life after each but the last. Some shells' `sleep` knows
    /// whole seconds only.
    private static String naps(Duration interval) {
        long steps = Math.max(
                0, (interval.toMillis() - 1) / Duration.ofSeconds(BEAT_SECONDS).toMillis());
        long rest =
                interval.toMillis() - steps * Duration.ofSeconds(BEAT_SECONDS).toMillis();
        String beats = steps == 0
                ? ""
                : "n=" + steps + "; while [ $n -gt 0 ]; do sleep " + BEAT_SECONDS
                        + "; echo \"$0 beat\" || exit 0; n=$((n-1)); done; ";
        return beats + nap(rest);
    }

    private static String nap(long millis) {
        if (millis % 1000 == 0) {
            return "sleep " + millis / 1000 + "; ";
        }
        long wholeSeconds = Math.max(1, (millis + 500) / 1000);
        String exact = millis / 1000 + "." + String.format(Locale.ROOT, "%03d", millis % 1000);
        return "sleep " + exact + " 2>/dev/null || sleep " + wholeSeconds + "; ";
    }
}
