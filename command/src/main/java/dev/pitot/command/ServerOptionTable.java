package dev.pitot.command;

import java.util.List;

/// Options listed under "Server specific" in the help.
final class ServerOptionTable {
    static final Option SERVER = Option.both("server")
            .letter('s')
            .iperf(10)
            .help("run in server mode")
            .manual("A server runs up to 64 tests side by side, and goes on until a signal ends it.")
            .sets((request, _) -> request.onlyOneRole());

    static final Option DAEMON = Option.server("daemon")
            .letter('D')
            .iperf(3)
            .help("run the server in the background")
            .manual("The command returns when the server listens, or says why it cannot.")
            .onlyGiven();

    static final List<Option> ROWS = List.of(
            SERVER,
            DAEMON,
            Option.server("one-off")
                    .letter('1')
                    .iperf(4)
                    .help("handle one client connection then exit")
                    .sets((request, _) -> request.server().oneTest()),
            Option.server("idle-timeout")
                    .iperf(63)
                    .value(" #")
                    .help("restart idle server after # seconds in case it got stuck (default - no timeout)")
                    .manual("With --one-off the server ends instead.")
                    .sets((request, given) -> request.server().idleTimeout(given)),
            Option.server("server-bitrate-limit")
                    .iperf(14)
                    .value(" #[KMG][/#]")
                    .help("limit for all streams of a test together, in bits/sec (default 0 = no limit;"
                            + " optional slash and seconds over which it is averaged, default 5)")
                    .manual("A test that asks for more is refused, and one that transfers more is ended. Both "
                            + "directions count together.")
                    .sets((request, given) -> request.server().bitrateLimit(given)),
            Option.server("server-max-duration")
                    .iperf(15)
                    .value(" #")
                    .help("longest test in seconds that a client may request (default 0 = any)")
                    .sets((request, given) -> request.server().maxDuration(given)),
            Option.server("rsa-private-key-path")
                    .iperf(56)
                    .file(" <file>")
                    .help("PEM file with the private key that decrypts clients' passwords")
                    .sets((request, given) -> request.auth().privateKey(given.text())),
            Option.server("authorized-users-path")
                    .iperf(57)
                    .file(" <file>")
                    .help("file with a line \"name,hash\" for each user; the hash is SHA-256 of {name}password in"
                            + " hexadecimal")
                    .sets((request, given) -> request.auth().users(given.text())),
            Option.server("time-skew-threshold")
                    .iperf(58)
                    .value(" #")
                    .help("seconds by which a client's clock may differ (default 10)")
                    .sets((request, given) -> request.auth().skewThreshold(given)));

    private ServerOptionTable() {}
}
