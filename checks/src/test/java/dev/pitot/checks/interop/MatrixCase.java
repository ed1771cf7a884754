package dev.pitot.checks.interop;

import dev.pitot.checks.program.Program;
import dev.pitot.checks.program.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// One case of the matrix: a combination of programs and test options.
///
/// @param ends programs of client and server
/// @param protocol data protocol
/// @param direction sending end
/// @param streams in each direction
/// @param isJson true if the client prints JSON
/// @param isAuthorized true if the server authenticates the client
record MatrixCase(
        Ends ends, DataProtocol protocol, DataDirection direction, int streams, boolean isJson, boolean isAuthorized) {
    /// UDP datagram size: dozens of these fit into socket buffers, unlike datagrams of the default
    /// length.
    static final int DATAGRAM_BYTES = 1_400;

    /// All cases, except iperf3 against itself.
    static Stream<MatrixCase> all() {
        return Ends.all().flatMap(MatrixCase::of);
    }

    private static Stream<MatrixCase> of(Ends ends) {
        List<MatrixCase> cells = new ArrayList<>();
        for (DataProtocol protocol : DataProtocol.values()) {
            for (DataDirection direction : DataDirection.values()) {
                for (int streams : List.of(1, 4)) {
                    for (boolean isJson : List.of(false, true)) {
                        cells.add(new MatrixCase(ends, protocol, direction, streams, isJson, false));
                        cells.add(new MatrixCase(ends, protocol, direction, streams, isJson, true));
                    }
                }
            }
        }
        return cells.stream();
    }

    /// True for the simplest case of its programs and protocol.
    boolean isBasic() {
        return ends.isOfTheSystem() && direction == DataDirection.FORWARD && streams == 1 && isJson && !isAuthorized;
    }

    /// Total number of streams.
    int connections() {
        return streams * direction.count();
    }

    /// Options of the client. The test is as short as possible, with data in all streams of all
    /// directions.
    List<String> clientOptions(TestUser user) {
        List<String> options = new ArrayList<>(protocol.options(streams));
        options.addAll(direction.options());
        options.addAll(List.of("-P", Integer.toString(streams)));
        if (isJson) {
            options.add("-J");
        }
        if (isAuthorized) {
            options.addAll(user.clientOptions(ends.client(), ends.server()));
        }
        return options;
    }

    @Override
    public String toString() {
        return ends.client() + " to " + ends.server() + ", " + protocol + ", " + direction + ", -P " + streams
                + (isJson ? ", -J" : "") + (isAuthorized ? ", authorized" : "");
    }

    /// Programs of client and server.
    record Ends(Program client, Program server) {
        static Stream<Ends> all() {
            return Stream.of(Program.values())
                    .flatMap(client -> Stream.of(Program.values()).map(server -> new Ends(client, server)))
                    .filter(ends -> ends.client().isPitot() || ends.server().isPitot());
        }

        /// True if neither end uses portable sockets.
        boolean isOfTheSystem() {
            return client != Program.PITOT_PORTABLE && server != Program.PITOT_PORTABLE;
        }
    }

    enum DataProtocol {
        TCP(8, "-b", "200M"),
        UDP(1, "-u", "-b", "50M", "-l", Integer.toString(DATAGRAM_BYTES));

        private final int mebibytes;

        @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
        private final List<String> options;

        /// @param mebibytes per stream
        DataProtocol(int mebibytes, String... options) {
            this.mebibytes = mebibytes;
            this.options = List.of(options);
        }

        List<String> options(int streams) {
            List<String> all = new ArrayList<>(options);
            all.addAll(List.of("-n", mebibytes * streams + "M"));
            return all;
        }
    }

    enum DataDirection {
        FORWARD(1),
        REVERSE(1, "-R"),
        BIDIR(2, "--bidir");

        private final int count;

        @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
        private final List<String> options;

        DataDirection(int count, String... options) {
            this.count = count;
            this.options = List.of(options);
        }

        int count() {
            return count;
        }

        List<String> options() {
            return options;
        }
    }
}
