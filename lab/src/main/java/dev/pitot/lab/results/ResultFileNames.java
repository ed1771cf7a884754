package dev.pitot.lab.results;

import dev.pitot.lab.plan.ParameterSet;
import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.model.config.Protocol;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Names of files that describe the test, of tags joined by `_`:
/// `prefix_upstream_tx_tcp_tate_angle_090_parallel_4_quick_r1_title_20261121194026`.
///
/// The first two words are apetools': the device under test is what `up` and `down` are seen
/// from, and `tx` or `rx` is what the end does whose lines the file holds. Then come the
/// protocol, the device (and its peer, if the session has more than one), values of variables
/// (unless the tag of a hook begins with the variable's name), the tags of hooks, values of
/// sweeps, the test's name, the repetition, the plan's title and the time.
///
/// Tags come from plans and from the output of devices. Whatever they are, the name is of
/// `[A-Za-z0-9._-]` alone, begins with a letter or digit, is no name of a device of Windows,
/// and has at most [#MAX_CHARACTERS]. Two tests can share a name: [ResultsFolder] numbers their
/// files.
final class ResultFileNames {
    /// Of a name, without number and extension: 255 bytes is what usual file systems take.
    static final int MAX_CHARACTERS = 200;

    private static final int MAX_TAG_CHARACTERS = 40;
    private static final String TIME = "{t}"; // apetools' place for the time
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]+");
    private static final Pattern DOTS = Pattern.compile("\\.{2,}");
    private static final Pattern EDGES = Pattern.compile("^[._-]+|[._-]+$");
    private static final Pattern RESERVED_BY_WINDOWS =
            Pattern.compile("(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?", Pattern.CASE_INSENSITIVE);

    private final String prefix;
    private final String title;
    private final boolean arePeersNamed;
    private final TimestampFormat timestamps;

    private ResultFileNames(String prefix, String title, boolean arePeersNamed, TimestampFormat timestamps) {
        this.prefix = prefix;
        this.title = title;
        this.arePeersNamed = arePeersNamed;
        this.timestamps = timestamps;
    }

    /// The names of a session.
    ///
    /// @param zone of times in the names
    static ResultFileNames of(Plan plan, ZoneId zone) {
        long peers =
                plan.cases().stream().map(test -> test.pair().peer()).distinct().count();
        return new ResultFileNames(
                plan.options().output().prefix(), plan.title(), peers > 1, new TimestampFormat(zone));
    }

    /// The name of a file of one end of one test, without folder, number and extension.
    ///
    /// @param hooks what the hooks returned, in their order
    /// @param time when the test began
    String name(TestCase test, TestEnd end, List<String> hooks, Instant time) {
        String now = timestamps.name(time);
        Stream<String> ends = Stream.of(
                prefix.replace(TIME, now),
                test.pair().direction() == NodeDirection.FROM_NODE ? "upstream" : "downstream",
                end.tag(),
                protocol(test),
                test.pair().node(),
                arePeersNamed ? test.pair().peer() : "");
        ParameterSet parameters = test.spec().parameters();
        Stream<String> variables = parameters.variables().entrySet().stream()
                .filter(set -> hooks.stream().noneMatch(tag -> tag.startsWith(set.getKey() + "_")))
                .map(ResultFileNames::value);
        Stream<String> circumstances = Stream.of(
                        variables,
                        hooks.stream(),
                        parameters.sweep().entrySet().stream().map(ResultFileNames::value))
                .flatMap(tags -> tags);
        Stream<String> names = Stream.of(test.spec().test(), "r" + test.repetition(), title.replace(TIME, ""));
        String name = Stream.of(ends, circumstances, names)
                .flatMap(tags -> tags)
                .map(ResultFileNames::safe)
                .filter(tag -> !tag.isEmpty())
                .collect(Collectors.joining("_"));
        return bounded(name, MAX_CHARACTERS - now.length() - 1) + "_" + now;
    }

    /// The name of a session's folder if the plan has none: its title and the date.
    static String folder(String title, String date) {
        String name = safe(title.replace(TIME, date));
        return (name.isEmpty() ? "session" : name) + (title.contains(TIME) ? "" : "_" + date);
    }

    /// The folder that a plan names, which may have folders above it: the place of the time is
    /// taken by the date.
    static String dated(String folder, String date) {
        return folder.replace(TIME, date);
    }

    /// Any text as one tag: other characters than `[A-Za-z0-9._-]` are replaced by `_`, dots and
    /// dashes at its ends left out, and it is cut at 40 characters. May be empty.
    static String safe(String tag) {
        return safe(tag, MAX_TAG_CHARACTERS);
    }

    private static String safe(String tag, int characters) {
        String clean = DOTS.matcher(UNSAFE.matcher(tag).replaceAll("_")).replaceAll(".");
        String bare = bounded(EDGES.matcher(clean).replaceAll(""), characters);
        return RESERVED_BY_WINDOWS.matcher(bare).matches() ? "x" + bare : bare;
    }

    private static String bounded(String name, int characters) {
        return name.length() <= characters
                ? name
                : EDGES.matcher(name.substring(0, characters)).replaceAll("");
    }

    private static String value(Map.Entry<String, String> swept) {
        return swept.getKey() + "_" + swept.getValue();
    }

    /// MPTCP is TCP in the names as it is in iperf's reports.
    private static String protocol(TestCase test) {
        Protocol protocol = test.spec().settings().config().test().protocol();
        return protocol.reportName().toLowerCase(Locale.ROOT);
    }
}
