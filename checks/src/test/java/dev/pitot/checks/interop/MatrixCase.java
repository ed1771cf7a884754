package dev.pitot.checks.interop;

import dev.pitot.checks.program.Program;
import dev.pitot.checks.program.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// One combination of programs and ways to test: a cell of the matrix.
///
/// @param ends which program is the client, and which the server
/// @param protocol what carries the data
/// @param direction which end sends
/// @param streams in each direction
/// @param isJson whether the client prints JSON
/// @param isAuthorized whether the server asks who the client is
record MatrixCase(
        Ends ends, DataProtocol protocol, DataDirection direction, int streams, boolean isJson, boolean isAuthorized) {
    /// UDP datagrams of this size fit into socket buffers by the dozen; those of the default
    /// length do not.
    static final int DATAGRAM_BYTES = 1_400;

    /// All cells; iperf3 against itself is not one.
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

    /// Whether it is the simplest of its programs and its protocol.
    boolean isBasic() {
        return ends.isOfTheSystem() && direction == DataDirection.FORWARD && streams == 1 && isJson && !isAuthorized;
    }

    /// How many streams the test has in all.
    int connections() {
        return streams * direction.count();
    }

    /// What the client is told. The test is as short as one can be in which all streams of all
    /// directions move something.
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

    /// Which program is the client, and which the server.
    record Ends(Program client, Program server) {
        static Stream<Ends> all() {
            return Stream.of(Program.values())
                    .flatMap(client -> Stream.of(Program.values()).map(server -> new Ends(client, server)))
                    .filter(ends -> ends.client().isPitot() || ends.server().isPitot());
        }

        /// Whether no end is the portable one.
        boolean isOfTheSystem() {
            return client != Program.PITOT_PORTABLE && server != Program.PITOT_PORTABLE;
        }
    }

    enum DataProtocol {
        TCP(8, "-b", "200M"),
        UDP(1, "-u", "-b", "50M", "-l", Integer.toString(DATAGRAM_BYTES));

        private final int mebibytes;

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
        private final List<String> options;

        /// @param mebibytes of each stream
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

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
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
