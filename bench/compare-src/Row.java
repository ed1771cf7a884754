import java.util.List;
import java.util.stream.Stream;

/// One kind of test that all peers are compared with.
///
/// @param name as given to `--rows`
/// @param options of the client, as iperf3 has them
/// @param option that the peer has to know, or an empty text
/// @param oldServer true if the server is the first iperf3, whatever the client is
record Row(String name, List<String> options, String option, boolean oldServer) {
    static final List<Row> ALL = List.of(
            tcp("tcp1", ""),
            tcp("tcp4", "", "-P", "4"),
            tcp("reverse", "", "-R"),
            tcp("bidir", "", "--bidir"),
            tcp("zerocopy", "", "-Z"),
            tcp("skiprx", "--skip-rx-copy", "--skip-rx-copy"),
            udp("udp1460", "", false, "-l", "1460"),
            udp("udp64", "", false, "-l", "64"),
            udp("udp1460-iperf3-server", "", true, "-l", "1460"),
            udp("udp64-iperf3-server", "", true, "-l", "64"),
            udp("gsro1460", "--gsro", false, "-l", "1460", "--gsro"),
            udp("gsro64", "--gsro", false, "-l", "64", "--gsro"));

    private static Row tcp(String name, String option, String... options) {
        return new Row(name, List.of(options), option, false);
    }

    private static Row udp(String name, String option, boolean oldServer, String... options) {
        List<String> all = Stream.concat(Stream.of("-u", "-b", "0"), Stream.of(options)).toList();
        return new Row(name, all, option, oldServer);
    }

    /// A row of TCP with a number of streams.
    static Row streams(int count) {
        return tcp("streams" + count, "", "-P", Integer.toString(count));
    }

    /// A row of a rate limit, such as `100M`, with reports of 100 ms.
    static Row paced(String rate, boolean isUdp) {
        List<String> options = isUdp ? List.of("-u", "-l", "1460", "-b", rate) : List.of("-b", rate);
        List<String> all = Stream.concat(options.stream(), Stream.of("-i", "0.1")).toList();
        return new Row((isUdp ? "UDP -l 1460 -b " : "TCP -b ") + rate, all, "", false);
    }

    boolean isUdp() {
        return options.contains("-u");
    }

    boolean isPaced() {
        return options.contains("-i");
    }

    /// Whether the rate is that of datagrams, instead of bits.
    boolean countsDatagrams() {
        return isUdp() && !isPaced();
    }

    String unit() {
        return countsDatagrams() ? "thousand datagrams/s delivered" : "Gbit/s";
    }
}
