package dev.pitot.lab.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// Scripts for monitors on a node's POSIX shell. Values reach them as arguments, never as text of the
/// script. What a script itself writes begins with a mark, its `$0`.
public final class NodeScript {
    /// Between two signs of life: so long a loop may outlive a connection that was lost.
    private static final int BEAT_SECONDS = 2;

    private NodeScript() {}

    /// A word that no other script has.
    public static String newMark() {
        return "pitot-mark-" + UUID.randomUUID().toString().substring(0, 13);
    }

    /// Runs a reading again and again, with `MARK end` behind each. It ends itself when nobody
    /// hears it any more, at the latest with its next sign of life.
    static List<String> loop(String mark, Probe.ShellScript reading, Duration interval) {
        String script = "reading() { "
                + reading.text()
                + "\n}\nwhile :; do reading \"$@\" 2>&1; echo \"$0 end\" || exit 0; "
                + naps(interval)
                + "done";
        return shell(mark, script, reading.arguments());
    }

    /// Runs a command that goes on; it is ended when nobody hears this script any more. The signs
    /// of life go to standard error, so that they do not part the command's lines.
    public static List<String> follow(String mark, List<String> command) {
        // A shell that dies of SIGPIPE at the echo would leave the command behind: so it is
        // ignored.
        String script = "\"$@\" & c=$!; trap '' PIPE; while kill -0 $c 2>/dev/null; do sleep "
                + BEAT_SECONDS
                + "; echo \"$0 beat\" >&2 || { kill $c; exit 0; }; done; wait $c";
        return shell(mark, script, command);
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
