package dev.pitot.testkit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Two network namespaces connected by a veth pair (MTU 1500), one for a client and one for a
/// server: a private network in which the kernel's packet filter can drop and count datagrams.
/// Requires Linux and root. Tests that use it are annotated with [Needs]. Thread-safe; closing
/// removes the namespaces, but does not stop programs in them.
///
/// ```java
/// try (var pair = NamespacePair.create()) {
///     pair.dropEveryNthDatagram(NamespaceSide.SERVER, 50);
///     try (var server = pair.server(5201, Iperf3.command("-s", "-1"));
///             var client = pair.start(NamespaceSide.CLIENT, Iperf3.command("-c",
/// pair.serverAddress(), "-u"))) {
///         client.awaitExit();
///         List<NamespacePair.Drops> drops = pair.drops(NamespaceSide.SERVER);
///     }
/// }
/// ```
public final class NamespacePair implements AutoCloseable {
    private static final String CLIENT_ADDRESS = "192.0.2.1"; // RFC 5737: reserved for documentation
    private static final String SERVER_ADDRESS = "192.0.2.2";
    private static final int HANDSHAKE_LENGTH = 19; // a UDP header of 8 bytes, and 4 or (between Pitots) 11
    private static final Pattern COUNTER = Pattern.compile("(\\d+) \\. (\\d+) counter packets (\\d+)");
    private static final Pattern QUEUE_DROPS = Pattern.compile("dropped (\\d+)");

    private final String name;

    private NamespacePair(String name) {
        this.name = name;
    }

    /// Creates the namespaces and the veth pair, and removes those left behind by killed processes.
    ///
    /// @throws IOException with the system's message, if it is not permitted or not possible
    public static NamespacePair create() throws IOException, InterruptedException {
        var pair = new NamespacePair(OwnNamespaces.newName());
        try {
            pair.setUp();
        } catch (IOException | InterruptedException e) {
            pair.close();
            throw e;
        }
        return pair;
    }

    /// Address of the client's end.
    public String clientAddress() {
        return CLIENT_ADDRESS;
    }

    /// Address of the server's end.
    public String serverAddress() {
        return SERVER_ADDRESS;
    }

    /// Starts a program in one of the namespaces.
    public ChildProcess start(NamespaceSide side, List<String> command) throws IOException {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", namespace(side)));
        inside.addAll(command);
        return ChildProcess.start(inside);
    }

    /// Starts a server program in the server's namespace and waits until it listens.
    ///
    /// @param port port on which the command listens
    /// @throws AssertionError with its output, if it does not start listening
    public ServerProcess server(int port, List<String> command) throws IOException, InterruptedException {
        return ServerProcess.awaitListening(start(NamespaceSide.SERVER, command), port);
    }

    /// Drops, from now on, every n-th UDP datagram that arrives at one side, counted over all
    /// streams, except handshakes (4 or 11 bytes). Datagrams are dropped before they reach a
    /// socket.
    ///
    /// @throws IOException with the system's message, if its packet filter does not support that
    public void dropEveryNthDatagram(NamespaceSide at, int n) throws IOException, InterruptedException {
        String rules = """
                table inet pitot {
                    set dropped {
                        type inet_service . inet_service
                        flags dynamic
                        size 4096
                    }
                    chain input {
                        type filter hook input priority 0; policy accept;
                        udp length > %d numgen inc mod %d == %d \
                update @dropped { udp sport . udp dport counter } drop
                    }
                }
                """.formatted(HANDSHAKE_LENGTH, n, n - 1);
        OwnNamespaces.run(in(at, "sh", "-c", "printf '%s' \"$1\" | nft -f -", "sh", rules));
    }

    /// Drops, from now on, all packets to and from one side, including replies of its kernel: as if
    /// its host had lost power.
    public void silence(NamespaceSide side) throws IOException, InterruptedException {
        String rules = """
                table inet silence {
                    chain input { type filter hook input priority -10; policy drop; }
                    chain output { type filter hook output priority -10; policy drop; }
                }
                """;
        OwnNamespaces.run(in(side, "sh", "-c", "printf '%s' \"$1\" | nft -f -", "sh", rules));
    }

    /// Returns the datagrams dropped at one side so far, by stream.
    public List<Drops> drops(NamespaceSide at) throws IOException, InterruptedException {
        String set = OwnNamespaces.run(in(at, "nft", "-n", "list", "set", "inet", "pitot", "dropped"));
        Matcher matcher = COUNTER.matcher(set);
        List<Drops> drops = new ArrayList<>();
        while (matcher.find()) {
            drops.add(new Drops(
                    Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    Long.parseLong(matcher.group(3))));
        }
        drops.sort(Comparator.comparingInt(Drops::sourcePort).thenComparingInt(Drops::destinationPort));
        return drops;
    }

    /// Queues, from now on, UDP datagrams that leave either side in a separate queue (HTB, pfifo)
    /// that is slower than the other traffic and may not be empty when the sender has finished. TCP
    /// overtakes them.
    ///
    /// @param bitsPerSecond rate of the queue
    /// @param packets length of the queue; further packets are dropped and counted
    /// @throws IOException with the system's message, if its kernel does not support that
    public void queueDatagrams(long bitsPerSecond, int packets) throws IOException, InterruptedException {
        for (NamespaceSide side : NamespaceSide.values()) {
            tc(side, "qdisc add dev cable root handle 1: htb default 2");
            tc(side, "class add dev cable parent 1: classid 1:1 htb rate " + bitsPerSecond + "bit burst 2k cburst 2k");
            tc(side, "class add dev cable parent 1: classid 1:2 htb rate 1gbit quantum 60000");
            tc(side, "qdisc add dev cable parent 1:1 handle 10: pfifo limit " + packets);
            tc(side, "filter add dev cable parent 1: protocol ip u32 match ip protocol 17 0xff flowid 1:1");
        }
    }

    /// Number of datagrams dropped because a side's queue was full.
    public long queueDrops(NamespaceSide side) throws IOException, InterruptedException {
        String statistics = OwnNamespaces.run(in(side, "tc", "-s", "qdisc", "show", "dev", "cable", "parent", "1:1"));
        Matcher matcher = QUEUE_DROPS.matcher(statistics);
        if (!matcher.find()) {
            throw new IOException("no dropped packets in: " + statistics);
        }
        return Long.parseLong(matcher.group(1));
    }

    private void tc(NamespaceSide side, String command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("tc"));
        words.addAll(List.of(command.split(" ")));
        OwnNamespaces.run(in(side, words.toArray(String[]::new)));
    }

    /// Number of datagrams lost at one side because a socket's buffer was full. More than 0 means
    /// that [#drops(NamespaceSide)] does not include all losses.
    public long overflows(NamespaceSide at) throws IOException, InterruptedException {
        return SocketStatistics.receiveBufferErrors(OwnNamespaces.run(in(at, "cat", "/proc/net/snmp")))
                .orElseThrow(() -> new IOException("no RcvbufErrors in /proc/net/snmp"));
    }

    /// Removes the namespaces, and with them the veth pair and the packet filter.
    @Override
    public void close() throws IOException {
        try {
            for (NamespaceSide side : NamespaceSide.values()) {
                OwnNamespaces.remove(namespace(side));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("a namespace is left, for the next pair to remove: " + name);
        }
    }

    private void setUp() throws IOException, InterruptedException {
        String client = namespace(NamespaceSide.CLIENT);
        String server = namespace(NamespaceSide.SERVER);
        OwnNamespaces.run(List.of("ip", "netns", "add", client));
        OwnNamespaces.run(List.of("ip", "netns", "add", server));
        OwnNamespaces.run(
                List.of("ip", "-n", client, "link", "add", "cable", "type", "veth", "peer", "cable", "netns", server));
        plugIn(client, CLIENT_ADDRESS);
        plugIn(server, SERVER_ADDRESS);
    }

    private static void plugIn(String namespace, String address) throws IOException, InterruptedException {
        OwnNamespaces.run(List.of("ip", "-n", namespace, "address", "add", address + "/24", "dev", "cable"));
        OwnNamespaces.run(List.of("ip", "-n", namespace, "link", "set", "cable", "mtu", "1500", "up"));
        OwnNamespaces.run(List.of("ip", "-n", namespace, "link", "set", "lo", "up"));
    }

    private List<String> in(NamespaceSide side, String... command) {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", namespace(side)));
        inside.addAll(List.of(command));
        return inside;
    }

    private String namespace(NamespaceSide side) {
        return name
                + switch (side) {
                    case CLIENT -> "-client";
                    case SERVER -> "-server";
                };
    }

    /// Datagrams of one stream dropped by the packet filter.
    ///
    /// @param sourcePort source port of the datagrams
    /// @param destinationPort destination port of the datagrams
    /// @param count number of dropped datagrams
    public record Drops(int sourcePort, int destinationPort, long count) {}
}
