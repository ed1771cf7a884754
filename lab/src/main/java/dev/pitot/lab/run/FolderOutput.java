package dev.pitot.lab.run;

import dev.pitot.lab.connection.Line;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.run.IperfCommand.Role;
import dev.pitot.lab.store.SeriesForm;
import dev.pitot.lab.store.Side;
import dev.pitot.lab.store.SideFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Output of commands in a folder, without a session around them, as apetools' StoragePipe keeps
/// it: raw lines with their time of arrival in `raw_iperf/upstream_tx_tcp_NAME.iperf`, standard
/// error beside it (`.err`), the intervals in `parsed/upstream_tx_tcp_NAME.csv`.
///
/// `up` and `down` are seen from the devices, which are all nodes but traffic PCs; `tx` is a
/// client's, `rx` a server's. The protocol is read from the command's options (`-u`, `--udp`), as
/// is the number of streams. Nothing is overwritten: a second test of the same name gets `_002`
/// behind it.
///
/// Times of rows count from the start of the client of the same name, if its output goes to this
/// folder, too; else a server's count back from the arrival of its first interval. An error of
/// the disk ends the file that it happens to. Any thread may use it.
public final class FolderOutput implements CommandOutput {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final List<String> UDP = List.of("-u", "--udp");
    private static final String PARALLEL = "--parallel";

    private final Path folder;
    private final Set<String> trafficPcs;
    private final SeriesForm form;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Map<String, Instant> clientStarts = new ConcurrentHashMap<>();

    /// Makes nothing yet.
    ///
    /// @param folder made with the first file
    /// @param trafficPcs names of the nodes that are no devices under test
    /// @param form of the parsed series
    /// @param clock the wall clock
    /// @param zone whose time lines tell
    public FolderOutput(Path folder, Set<String> trafficPcs, SeriesForm form, InstantSource clock, ZoneId zone) {
        this.folder = folder;
        this.trafficPcs = Set.copyOf(trafficPcs);
        this.form = form;
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    public Kept open(IperfCommand command, Node node, String name) {
        List<String> words = command.call().words();
        boolean isClient = command.role() == Role.CLIENT;
        Instant start = clock.instant();
        if (isClient) {
            clientStarts.put(name, start);
        }
        var style = new SideFiles.Style(form, streams(words) > 1, zone);
        String tagged = tags(isClient, trafficPcs.contains(node.name()), words) + (name.isEmpty() ? "" : "_" + name);
        Side side = isClient ? Side.SENDER : Side.RECEIVER;
        return new InFiles(SideFiles.in(folder, tagged, side, style), name, isClient ? start : null);
    }

    /// apetools: IperfCommand.filename.
    private static String tags(boolean isClient, boolean isTrafficPc, List<String> words) {
        String heading = isClient == isTrafficPc ? "downstream" : "upstream";
        String protocol = words.stream().anyMatch(UDP::contains) ? "udp" : "tcp";
        return heading + (isClient ? "_tx_" : "_rx_") + protocol;
    }

    /// `-P 4`, `-P4`, `--parallel 4` or `--parallel=4`; 1 without.
    private static int streams(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-P") || word.equals(PARALLEL)) {
                return i + 1 < words.size() ? number(words.get(i + 1)) : 1;
            }
            if (word.startsWith("-P")) {
                return number(word.substring(2));
            }
            if (word.startsWith(PARALLEL + "=")) {
                return number(word.substring(PARALLEL.length() + 1));
            }
        }
        return 1;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) { // the program will complain
            return 1;
        }
    }

    /// The files of one end.
    private final class InFiles implements Kept {
        private final SideFiles files;
        private final String name;
        private @Nullable Instant began;
        private Instant lastArrival = Instant.EPOCH;

        InFiles(SideFiles files, String name, @Nullable Instant began) {
            this.files = files;
            this.name = name;
            this.began = began;
        }

        @Override
        public void line(Line line) {
            lastArrival = line.arrival();
            files.line(line);
        }

        @Override
        public void row(Row row) {
            if (row.kind() == Row.Kind.INTERVAL) {
                files.row(row, began(row));
            }
        }

        private Instant began(Row row) {
            if (began == null) {
                Instant ofClient = clientStarts.get(name);
                Duration sinceStart = Duration.ofNanos(Math.round(row.endSeconds() * NANOS_PER_SECOND));
                began = ofClient == null ? lastArrival.minus(sinceStart) : ofClient;
            }
            return began;
        }

        @Override
        public String file() {
            return folder.resolve(files.rawNames().getFirst()).toString();
        }

        @Override
        public void close() {
            files.close();
        }
    }
}
