import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that measures: how it is called, and what it prints.
sealed interface Peer permits Iperf3, Iperf2, Nuttcp {
    /// Returns the peer for a program, by what it says of itself.
    ///
    /// @param number 1 for the first of this version, whose name has no number
    /// @throws IOException if it cannot be started, or is of no known kind
    private static Peer of(Path file, int number) throws IOException, InterruptedException {
        String suffix = number == 1 ? "" : " (" + number + ")";
        String version = output(file.toString(), "--version").strip();
        if (version.startsWith("iperf version 2")) {
            return new Iperf2(file, "iperf " + version.split(" ")[2] + suffix);
        }
        if (version.contains("(Pitot")) {
            return new Iperf3(file, "Pitot" + suffix, output(file.toString(), "--help"));
        }
        if (version.startsWith("iperf 3")) {
            return new Iperf3(file, "iperf3 " + version.split(" ")[1] + suffix, output(file.toString(), "--help"));
        }
        version = output(file.toString(), "-V").strip();
        if (version.startsWith("nuttcp-")) {
            return new Nuttcp(file, version.replace('-', ' ') + suffix);
        }
        throw new IOException(file + " is neither Pitot nor iperf3, iperf2 or nuttcp");
    }

    /// Returns the peers for programs, each with a name of its own.
    static List<Peer> of(List<Path> files) throws IOException, InterruptedException {
        var peers = new ArrayList<Peer>();
        for (Path file : files) {
            int number = 1;
            Peer peer = of(file, number);
            while (peers.stream().map(Peer::name).anyMatch(peer.name()::equals)) {
                peer = of(file, ++number);
            }
            peers.add(peer);
        }
        return peers;
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(5, TimeUnit.SECONDS);
        return said;
    }

    Path file();

    /// Name for the tables.
    String name();

    /// Whether it can run a row, with a congestion control unless that is the default.
    boolean can(Row row, boolean isCongestionChosen);

    /// Arguments of a server for one test.
    List<String> server(int port, Row row);

    /// Arguments of a client.
    ///
    /// @param options of the row and the congestion control, as iperf3 has them
    List<String> client(String address, int port, int seconds, List<String> options);

    /// Reads what a client printed.
    ///
    /// @throws IOException with the reason, if there is no result
    TestRun parse(String text, Row row) throws IOException;

    default boolean isPitot() {
        return name().startsWith("Pitot");
    }
}
