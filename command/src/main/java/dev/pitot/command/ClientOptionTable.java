package dev.pitot.command;

import dev.pitot.model.config.AddressFamily;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Offload;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.unit.Bitrate;
import java.util.List;

/// Options listed under "Client specific" in the help.
final class ClientOptionTable {
    /// Code points offered for completion, a subset of those that [TypeOfService] accepts.
    private static final String CODE_POINTS =
            "af11 af12 af13 af21 af22 af23 af31 af32 af33 af41 af42 af43 cs1 cs2 cs3 cs4 cs5 cs6 cs7 ef va"
                    + " lowdelay throughput reliability";

    static final Option CLIENT = Option.both("client")
            .letter('c')
            .iperf(11)
            .value(" <host>[%<dev>]")
            .help("run in client mode, connecting to <host> (optional <dev> is the same as --bind-dev" + " <dev>)")
            .manual("Data goes from this client to the server, unless --reverse or --bidir is given.")
            .sets((request, given) -> request.client(given));

    static final Option TIME = Option.client("time")
            .letter('t')
            .iperf(16)
            .value("      #")
            .loopback("time in seconds for each direction (default 5 secs)")
            .help("time in seconds to transmit for (default 10 secs)")
            .manual("At most 86400. With 0 a test goes on until it is stopped.")
            .sets((request, given) -> request.test().time(given));

    static final Option NO_PROBE = Option.client("no-probe")
            .help("send no UDP echo requests beside the test")
            .manual("Between two Pitots a client otherwise sends them before, during and after the test, and measures "
                    + "round trips. An iperf3 server gets none.")
            .sets((request, _) -> request.test().probe(old -> old.withPerSecond(0)));

    static final List<Option> ROWS = List.of(
            CLIENT,
            Option.client("sctp")
                    .iperf(43)
                    .help("use SCTP rather than TCP (Linux only)")
                    .sets((request, _) -> request.test().protocol(Protocol.SCTP)),
            Option.both("xbind")
                    .letter('X')
                    .iperf(45)
                    .value(" <name>")
                    .help("bind SCTP to this address too (may be repeated; server as well)")
                    .sets((request, given) -> request.end().alsoBind(given)),
            Option.client("nstreams")
                    .iperf(44)
                    .value("      #")
                    .help("number of SCTP streams")
                    .manual("The default is the system's.")
                    .sets((request, given) -> request.end().sctpStreams(given)),
            Option.client("udp")
                    .letter('u')
                    .iperf(12)
                    .loopback()
                    .help("use UDP rather than TCP")
                    .sets((request, _) -> request.test().protocol(Protocol.UDP)),
            Option.client("connect-timeout")
                    .iperf(62)
                    .value(" #")
                    .help("timeout for control connection setup (ms)")
                    .manual("The default is the system's for TCP connections.")
                    .sets((request, given) -> request.end().connectTimeout(given)),
            Option.client("bitrate", "bandwidth")
                    .letter('b')
                    .iperf(13)
                    .value(" #[KMG][/#]")
                    .loopback("target bitrate of each stream in bits/sec (0 for unlimited) (default 1 Mbit/sec for"
                            + " UDP, unlimited for TCP) (optional slash and packet count for burst mode)")
                    .help("target bitrate of each stream in bits/sec (0 for unlimited) (default 1 Mbit/sec for"
                            + " UDP, unlimited for others) (optional slash and packet count for burst mode)")
                    .manual("In burst mode this number of blocks, at most 1000, is sent without pausing, even "
                            + "if they exceed the bitrate for a moment. See --fq-rate for pacing by the kernel.")
                    .sets((request, given) -> request.test().bitrate(given)),
            Option.client("pacing-timer")
                    .iperf(61)
                    .value(" #[KMG]")
                    .help("pacing timer of servers before iperf 3.18, in microseconds (default 1000)")
                    .sets((request, given) -> request.test().pacingTimer(given)),
            Option.client("fq-rate")
                    .iperf(60)
                    .value(" #[KMG]")
                    .help("enable fair-queuing based socket pacing in bits/sec (Linux only)")
                    .manual("The default is none. Both this and --bitrate may be given.")
                    .sets((request, given) -> request.test().fairQueueRate(given)),
            Option.client("no-fq-socket-pacing")
                    .iperf(51)
                    .help("the same as --fq-rate 0 (deprecated)")
                    .sets((request, given) -> {
                        request.output().notice("Warning:  " + given.option() + " is deprecated");
                        request.test().fairQueueRate(Bitrate.UNLIMITED);
                    }),
            TIME,
            Option.client("bytes")
                    .letter('n')
                    .iperf(17)
                    .value("     #[KMG]")
                    .help("number of bytes to transmit, per direction (instead of -t or -k)")
                    .manual("All streams together transfer them.")
                    .sets((request, given) -> request.test().bytes(given)),
            Option.client("blockcount")
                    .letter('k')
                    .iperf(18)
                    .value(" #[KMG]")
                    .help("number of blocks to transmit, per direction (instead of -t or -n)")
                    .manual("A block has the length of -l, with UDP it is a datagram. All streams together "
                            + "transfer them.")
                    .sets((request, given) -> request.test().blocks(given)),
            Option.client("length")
                    .letter('l')
                    .iperf(19)
                    .value("    #[KMG]")
                    .loopback("length of buffer to read or write (default 128 KB for TCP, what fits the path for"
                            + " UDP)")
                    .help("length of buffer to read or write (default 128 KB for TCP, 64 KB for SCTP, what fits"
                            + " the path for UDP)")
                    .manual("At most 1 MB. With UDP this is the size of a datagram, 16 to 65507 bytes; what fits the "
                            + "path is the segment size of the control connection.")
                    .sets((request, given) -> request.test().length(given)),
            Option.both("cport")
                    .iperf(26)
                    .value("         <port>")
                    .help("bind to a specific client port (default: ephemeral port)")
                    .sets((request, given) -> request.end().clientPort(given)),
            Option.client("parallel")
                    .letter('P')
                    .iperf(20)
                    .value("  #")
                    .loopback()
                    .help("number of parallel client streams to run")
                    .manual("The default is 1, the maximum 128. Each stream has a thread of its own at both "
                            + "ends; iperf3 has that since 3.16.")
                    .sets((request, given) -> request.test().parallel(given)),
            Option.client("reverse")
                    .letter('R')
                    .iperf(21)
                    .help("run in reverse mode (server sends, client receives)")
                    .sets((request, _) -> request.test().direction(Direction.REVERSE)),
            Option.client("bidir")
                    .iperf(22)
                    .help("run in bidirectional mode. Client and server send and receive data.")
                    .sets((request, _) -> request.test().direction(Direction.BIDIRECTIONAL)),
            Option.client("window")
                    .letter('w')
                    .iperf(23)
                    .value("    #[KMG]")
                    .help("set send/receive socket buffer sizes (indirectly sets TCP window size)")
                    .manual("Both ends use this size, by default their system's. Linux grants twice as "
                            + "much, up to the limits net.core.rmem_max and net.core.wmem_max; see socket(7).")
                    .sets((request, given) -> request.test().window(given)),
            Option.client("congestion", "linux-congestion")
                    .letter('C')
                    .iperf(42)
                    .listed(" <algo>", "cat /proc/sys/net/ipv4/tcp_available_congestion_control 2>/dev/null")
                    .help("set TCP congestion control algorithm (Linux only)")
                    .manual("The default is each system's. Linux lists those that it has in "
                            + "net.ipv4.tcp_available_congestion_control.")
                    .sets((request, given) -> request.test().socket(old -> old.withCongestion(given.text()))),
            Option.client("set-mss")
                    .letter('M')
                    .iperf(27)
                    .value("   #")
                    .help("set TCP/SCTP maximum segment size (MTU - 40 bytes) (Linux only)")
                    .sets((request, given) -> request.test().mss(given)),
            Option.client("no-delay")
                    .letter('N')
                    .iperf(28)
                    .help("set TCP/SCTP no delay, disabling Nagle's Algorithm")
                    .sets((request, _) -> request.test().socket(old -> old.withNoDelay(true))),
            Option.both("version4")
                    .letter('4')
                    .iperf(29)
                    .help("only use IPv4")
                    .sets((request, _) -> request.end().family(AddressFamily.V4)),
            Option.both("version6")
                    .letter('6')
                    .iperf(30)
                    .help("only use IPv6")
                    .sets((request, _) -> request.end().family(AddressFamily.V6)),
            Option.client("tos")
                    .letter('S')
                    .iperf(31)
                    .value(" N")
                    .help("set the IP type of service, 0-255. The usual prefixes for octal and hex can be used,"
                            + " i.e. 52, 064 and 0x34 all specify the same value.")
                    .sets((request, given) -> request.test().tos(TypeOfService.parse(given))),
            Option.client("dscp")
                    .iperf(32)
                    .choice(" <value>", CODE_POINTS)
                    .help("set the IP dscp value, either 0-63 or symbolic (one of: af11-13, af21-23, af31-33,"
                            + " af41-43, cs1-7, ef, va, lowdelay, throughput, reliability). Numeric values can be"
                            + " decimal, octal and hex (see --tos above).")
                    .sets((request, given) -> request.test().tos(TypeOfService.parseCodePoint(given))),
            Option.client("flowlabel")
                    .letter('L')
                    .iperf(34)
                    .value(" N")
                    .help("set the IPv6 flow label (Linux only)")
                    .manual("0 to 0xfffff, 20 bits.")
                    .sets((request, given) -> request.test().flowLabel(given)),
            Option.client("zerocopy")
                    .letter('Z')
                    .iperf(35)
                    .help("use a 'zero copy' method of sending data")
                    .manual("With TCP on Linux this is sendfile(2).")
                    .sets((request, _) -> request.test().payload(old -> old.withZeroCopy(true))),
            Option.client("skip-rx-copy")
                    .iperf(53)
                    .help("discard received data in the kernel (MSG_TRUNC) (Linux only)")
                    .sets((request, _) -> request.test().payload(old -> old.withSkipReceiveCopy(true))),
            Option.client("omit")
                    .letter('O')
                    .iperf(36)
                    .value(" N")
                    .help("perform pre-test for N seconds and omit the pre-test statistics")
                    .manual("The default is 0, the maximum 600. This leaves out the slow start of TCP.")
                    .sets((request, given) -> request.test().omit(given)),
            Option.client("title")
                    .letter('T')
                    .iperf(41)
                    .value(" str")
                    .help("prefix every output line with this string")
                    .sets((request, given) -> request.test().title(given.text())),
            Option.client("extra-data")
                    .iperf(33)
                    .value(" str")
                    .help("data string to include in client and server JSON")
                    .sets((request, given) -> request.test().extraData(given.text())),
            Option.client("get-server-output")
                    .iperf(49)
                    .help("get results from server")
                    .manual("They are printed below the client's own, or are part of its JSON document.")
                    .sets((request, _) -> request.test().serverOutput()),
            Option.client("udp-counters-64bit")
                    .iperf(50)
                    .help("use 64-bit counters in UDP test packets")
                    .manual("Those of 32 bits overflow in long tests at high rates.")
                    .sets((request, _) -> request.test().datagrams(old -> old.withWideCounters(true))),
            Option.client("gsro")
                    .iperf(68)
                    .help("let the kernel of each end segment and merge UDP packets (GSO/GRO) (Linux only)")
                    .manual("Without it, Linux does so where there is no rate limit, or one of at least 524 Mbit/s "
                            + "per stream: slower streams would leave in bursts.")
                    .sets((request, _) -> request.test().datagrams(old -> old.withOffload(Offload.ON))),
            Option.client("no-gsro")
                    .help("send and receive each UDP packet with a system call of its own, as iperf3 does")
                    .sets((request, _) -> request.test().datagrams(old -> old.withOffload(Offload.OFF))),
            Option.client("repeating-payload")
                    .iperf(38)
                    .help("send digits rather than random data, as iperf 2 does")
                    .manual("Devices that compress data show a difference between the two.")
                    .sets((request, _) -> request.test().payload(old -> old.withRepeating(true))),
            Option.client("dont-fragment")
                    .iperf(52)
                    .help("set the IPv4 Don't Fragment flag on UDP packets")
                    .sets((request, _) -> request.test().datagrams(old -> old.withDontFragment(true))),
            Option.client("probe")
                    .value(" <host:port>")
                    .help("measure round trips beside the test with TCP connections to this port (5 per second)")
                    .manual("Any port that accepts connections will do, such as ssh's 22 on the server's host. An IPv6 "
                            + "address stands in brackets. The test's own server is refused: it would take each "
                            + "connection for a client.")
                    .sets((request, given) -> request.test().probe(given)),
            Option.client("probe-rate")
                    .value(" #")
                    .help("UDP echo requests per second beside a test between two Pitots, 1 to 1000 (default 100)")
                    .manual("Fewer are sent if they would be more than 1 % of the test's rate.")
                    .sets((request, given) -> request.test().probeRate(given)),
            Option.client("no-idle-probe")
                    .help("do not measure round trips before and after the test, only during it")
                    .manual("The time before and after is 2 seconds each, or a fifth of -t if that is shorter; tests "
                            + "with -n, -k, -F or without an end have none.")
                    .sets((request, _) -> request.test().probe(old -> old.withIdle(false))),
            NO_PROBE,
            Option.client("username")
                    .iperf(54)
                    .value(" <name>")
                    .help("user name for a server that requires authentication; the password is read from the"
                            + " variable IPERF3_PASSWORD or prompted for")
                    .sets((request, given) -> request.auth().user(given.text())),
            Option.client("password-file")
                    .file(" <file>")
                    .help("read the password from the first line of a file")
                    .sets((request, given) -> request.auth().passwordFile(given.text())),
            Option.client("rsa-public-key-path")
                    .iperf(55)
                    .file(" <file>")
                    .help("PEM file with the server's public key, which encrypts the password")
                    .sets((request, given) -> request.auth().publicKey(given.text())));

    private ClientOptionTable() {}
}
