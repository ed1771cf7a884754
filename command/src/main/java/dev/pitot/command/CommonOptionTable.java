package dev.pitot.command;

import dev.pitot.model.config.Protocol;
import java.util.List;

/// Options listed under "Server or Client" in the help.
final class CommonOptionTable {
    static final Option LOG_FILE = Option.both("logfile")
            .iperf(47)
            .file(" file")
            .help("send output to a log file")
            .manual("Errors too. What is in the file already stays there.")
            .sets((request, given) -> request.output().logFile(given.text()));

    static final Option RECEIVE_TIMEOUT = Option.both("rcv-timeout")
            .iperf(64)
            .value(" #")
            .help("idle timeout for receiving data (default 120000 ms)")
            .manual("A receiver to which no data comes for this time ends the test.")
            .sets((request, given) -> request.end().receiveTimeout(given));

    static final Option VERSION = Option.both("version")
            .letter('v')
            .iperf(9)
            .loopback()
            .help("show version information and quit")
            .onlyGiven();

    static final Option HELP = Option.both("help")
            .letter('h')
            .iperf(70)
            .loopback()
            .help("show this message and quit")
            .onlyGiven();

    static final List<Option> ROWS = List.of(
            Option.both("port")
                    .letter('p')
                    .iperf(0)
                    .value("      #")
                    .help("server port to listen on/connect to")
                    .manual("The default is 5201.")
                    .sets((request, given) -> request.end().port(given)),
            Option.both("format")
                    .letter('f')
                    .iperf(1)
                    .choice("   [kmgtKMGT]", "k m g t K M G T")
                    .loopback()
                    .help("format to report: Kbits, Mbits, Gbits, Tbits")
                    .manual("Capital letters count bytes. By default each rate is in bits, with the unit "
                            + "that suits it.")
                    .sets((request, given) -> request.output().format(given.text())),
            Option.both("interval")
                    .letter('i')
                    .iperf(2)
                    .value("  #")
                    .loopback()
                    .help("seconds between periodic throughput reports")
                    .manual("0.1 to 60, the default is 1. With 0 there is one report, at the end.")
                    .sets((request, given) -> request.end().interval(given)),
            Option.both("pidfile")
                    .letter('I')
                    .iperf(46)
                    .file(" file")
                    .help("write PID file")
                    .manual("It is there while the program runs, and does not replace that of another running "
                            + "process.")
                    .sets((request, given) -> request.pidFile(given.text())),
            Option.both("file")
                    .letter('F')
                    .iperf(37)
                    .file(" name")
                    .help("send or receive the specified file instead of generated data (without -t, -n or -k a"
                            + " sending client ends with the file)")
                    .manual("This shows whether the disk is slower than the network. With several streams the "
                            + "first one uses this file, each of the others a file with its number appended. "
                            + "Not for UDP.")
                    .sets((request, given) -> request.end().file(given.text())),
            Option.both("affinity")
                    .letter('A')
                    .iperf(40)
                    .value(" n[,m]")
                    .help("bind this end's threads to processor core n (client only: and the server's to core m"
                            + " for this test) (Linux only)")
                    .sets((request, given) -> request.affinity(given)),
            Option.both("bind")
                    .letter('B')
                    .iperf(24)
                    .value(" <host>[%<dev>]")
                    .help("bind to the interface associated with the address <host> (optional <dev> is the same"
                            + " as --bind-dev <dev>)")
                    .manual("An IPv6 link-local address needs its device.")
                    .sets((request, given) -> request.end().bind(given)),
            Option.both("bind-dev")
                    .iperf(25)
                    .listed(" <dev>", "ls /sys/class/net 2>/dev/null")
                    .help("bind to the network interface <dev> (Linux only)")
                    .sets((request, given) -> request.end().device(given.text())),
            Option.both("verbose")
                    .letter('V')
                    .iperf(5)
                    .help("more detailed output")
                    .sets((request, _) -> request.output().verbose()),
            Option.both("json")
                    .letter('J')
                    .iperf(6)
                    .loopback()
                    .help("output in JSON format")
                    .manual("One document is printed when the test has ended.")
                    .sets((request, _) -> request.output().json()),
            Option.both("json-stream")
                    .iperf(7)
                    .help("output in line-delimited JSON format")
                    .manual("A line is printed for each event while the test runs: its start, each interval, "
                            + "its end.")
                    .sets((request, _) -> request.output().jsonStream()),
            Option.both("json-stream-full-output")
                    .iperf(8)
                    .help("with --json-stream, output the JSON document as well, at the end")
                    .sets((request, _) -> request.output().fullOutput()),
            Option.both("no-findings")
                    .loopback()
                    .help("end the text with the summary, as iperf3 does: no round trips, no findings")
                    .manual("Findings are what the kernel's counters say about the cause: full queues, small windows, "
                            + "a busy processor. JSON always contains them, and the round trips.")
                    .sets((request, _) -> request.output().noFindings()),
            LOG_FILE,
            Option.both("forceflush")
                    .iperf(48)
                    .help("flush output at every interval (Pitot always does)")
                    .onlyGiven(),
            Option.both("timestamps")
                    .iperf(39)
                    .optional("<=format>")
                    .help("emit a timestamp at the start of each output line (optional \"=\" and format string as"
                            + " per strftime(3))")
                    .manual("The default format is %c, date and time.")
                    .sets((request, given) -> request.output().timestamps(given.value())),
            RECEIVE_TIMEOUT,
            Option.both("snd-timeout")
                    .iperf(65)
                    .value(" #")
                    .help("timeout for unacknowledged TCP data (in ms, default is system settings)")
                    .manual("A smaller value than the system's ends a test sooner when the path to the other "
                            + "end fails (TCP_USER_TIMEOUT, Linux only).")
                    .sets((request, given) -> request.end().sendTimeout(given)),
            Option.both("cntl-ka")
                    .iperf(66)
                    .optional("[=#/#/#]")
                    .help("keep the control connection alive: seconds of silence before the first probe,"
                            + " seconds between probes, number of unanswered probes (each is optional, default is"
                            + " system settings)")
                    .sets((request, given) -> request.end().keepAlive(given)),
            Option.both("mptcp")
                    .letter('m')
                    .iperf(67)
                    .help("use MPTCP rather than TCP; a server follows its client (Linux only)")
                    .sets((request, _) -> request.test().protocol(Protocol.MULTIPATH_TCP)),
            Option.both("use-pkcs1-padding")
                    .iperf(59)
                    .help("encrypt (client) or also accept (server) passwords with PKCS #1 padding, as iperf"
                            + " before 3.17 requires; it is weaker than the default")
                    .sets((request, _) -> request.auth().pkcs1Padding()),
            Option.both("debug")
                    .letter('d')
                    .iperf(69)
                    .optional("[=#]")
                    .help("emit debugging output (optional \"=\" and debug level: 1-4. Default is 4 - all"
                            + " messages)")
                    .sets((request, given) -> request.output().debug(given)),
            Option.both("socket")
                    .choice(" linux|portable", "linux portable")
                    .loopback()
                    .help("socket implementation: linux (system calls, with every option) or portable (Java's,"
                            + " on every system) (default: the best available)")
                    .sets((request, given) -> request.socketFamily(given)),
            VERSION,
            HELP);

    private CommonOptionTable() {}
}
