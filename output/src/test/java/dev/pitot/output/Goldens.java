package dev.pitot.output;

import dev.pitot.model.result.TestRole;
import dev.pitot.testkit.Golden;
import dev.pitot.testkit.Golden.Form;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/// Recorded output of iperf 3.21, by names such as `tcp.txt` for a client's and `tcp.server.txt`
/// for a server's.
///
/// Excluded: invalid options, which do not start a test; `tcp-debug`, whose messages are not
/// imitated; clients other than iperf3; and empty outputs of killed processes.
@NullMarked
public final class Goldens {
    /// Version of iperf and of the system in the recordings.
    public static final ProgramInfo PROGRAM =
            new ProgramInfo("iperf 3.21+", "Linux vm 6.18.44-fc-v657 #1 SMP PREEMPT_DYNAMIC @0 x86_64");

    private static final String VERSION = "3.21";
    private static final Pattern NOT_IMITATED =
            Pattern.compile("err-param-.*|tcp-debug\\..*|err-(http-client|ssh-server)\\.(txt|json)"
                    + "|sig-client-KILL\\.(txt|json)|sig-server-KILL\\.server\\..*");
    private static final SortedMap<String, String> OUTPUTS = outputs();

    private Goldens() {}

    private static SortedMap<String, String> outputs() {
        SortedMap<String, String> outputs = Golden.outputs(VERSION);
        outputs.keySet().removeIf(NOT_IMITATED.asMatchPredicate());
        return outputs;
    }

    public static String read(String name) {
        String text = OUTPUTS.get(name);
        if (text == null) {
            throw new IllegalArgumentException("no golden: " + name);
        }
        return text;
    }

    /// Returns all names with an ending, sorted.
    ///
    /// @param ending ending of the names
    public static List<String> names(String ending) {
        return OUTPUTS.keySet().stream().filter(name -> name.endsWith(ending)).toList();
    }

    /// Returns the end that printed it.
    public static TestRole role(String name) {
        // the case of a server that cannot listen has no client
        boolean isServer = name.contains(".server.") || name.startsWith("err-server-port-in-use");
        return isServer ? TestRole.SERVER : TestRole.CLIENT;
    }

    /// Returns the standard error of one end.
    ///
    /// @param name name of its text
    public static List<String> errors(String name) {
        String test = name.substring(0, name.indexOf('.'));
        if (!OUTPUTS.containsKey(test + ".txt")) { // the text of a server whose client printed JSON
            return List.of();
        }
        Golden golden = Golden.of(VERSION, test, Form.TXT);
        Golden.End end = name.contains(".server.") ? Objects.requireNonNull(golden.server()) : golden.client();
        return end.stderr().lines().takeWhile(line -> !line.isEmpty()).toList();
    }
}
