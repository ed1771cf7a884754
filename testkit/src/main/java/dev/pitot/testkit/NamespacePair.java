package dev.pitot.testkit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Two network namespaces joined by a cable (veth, MTU 1500), one for a client and one for a
/// server: a network of the test's own, in which the kernel's packet filter can lose datagrams
/// and count them. Linux only, and root. Tests that use it carry [Needs]. Any thread
/// may use it; closing removes all of it, but not the programs in it.
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
    private static final String CLIENT_ADDRESS = "192.0.2.1"; // RFC 5737: for documentation, so nobody's own
    private static final String SERVER_ADDRESS = "192.0.2.2";
    private static final int HANDSHAKE_LENGTH = 19; // a UDP header of 8 bytes, and 4 or (between Pitots) 11
    private static final Pattern COUNTER = Pattern.compile("(\\d+) \\. (\\d+) counter packets (\\d+)");
    private static final Pattern QUEUE_DROPS = Pattern.compile("dropped (\\d+)");

    private final String name;

    private NamespacePair(String name) {
        this.name = name;
    }

    /// Makes the namespaces and the cable, and removes those that a killed process has left
    /// behind.
    ///
    /// @throws IOException with the system's words, if it may not or cannot
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

    /// What the client's end of the cable is called.
    public String clientAddress() {
        return CLIENT_ADDRESS;
    }

    /// What the server's end of the cable is called.
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
    /// @param port where it will listen, as the command says
    /// @throws AssertionError with its output, if it does not come up
    public ServerProcess server(int port, List<String> command) throws IOException, InterruptedException {
        return ServerProcess.awaitListening(start(NamespaceSide.SERVER, command), port);
    }

    /// From now on loses every n-th UDP datagram that arrives at one side, all streams together,
    /// except handshakes (4 or 11 bytes). It is dropped before it reaches a socket.
    ///
    /// @throws IOException with the system's words, if its packet filter cannot do that
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

    /// From now on nothing enters or leaves one side, not even what its kernel would answer: as if
    /// its host had no power.
    public void silence(NamespaceSide side) throws IOException, InterruptedException {
        String rules = """
                table inet silence {
                    chain input { type filter hook input priority -10; policy drop; }
                    chain output { type filter hook output priority -10; policy drop; }
                }
                """;
        OwnNamespaces.run(in(side, "sh", "-c", "printf '%s' \"$1\" | nft -f -", "sh", rules));
    }

    /// What was lost at one side so far, by stream.
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

    /// From now on UDP datagrams that leave either side wait in a queue of their own (HTB, pfifo), of the
    /// usual kind: slower than what is beside it, and not empty when the sender has finished.
    /// TCP overtakes them.
    ///
    /// @param bitsPerSecond how fast the queue empties
    /// @param packets how many may wait; more are dropped and counted
    /// @throws IOException with the system's words, if its kernel cannot do that
    public void queueDatagrams(long bitsPerSecond, int packets) throws IOException, InterruptedException {
        for (NamespaceSide side : NamespaceSide.values()) {
            tc(side, "qdisc add dev cable root handle 1: htb default 2");
            tc(side, "class add dev cable parent 1: classid 1:1 htb rate " + bitsPerSecond + "bit burst 2k cburst 2k");
            tc(side, "class add dev cable parent 1: classid 1:2 htb rate 1gbit quantum 60000");
            tc(side, "qdisc add dev cable parent 1:1 handle 10: pfifo limit " + packets);
            tc(side, "filter add dev cable parent 1: protocol ip u32 match ip protocol 17 0xff flowid 1:1");
        }
    }

    /// How many datagrams a side's queue had no room for.
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

    /// How many datagrams were lost at one side because a socket's buffer was full. More than 0
    /// means that [#drops(NamespaceSide)] is not all that was lost.
    public long overflows(NamespaceSide at) throws IOException, InterruptedException {
        return SocketStatistics.receiveBufferErrors(OwnNamespaces.run(in(at, "cat", "/proc/net/snmp")))
                .orElseThrow(() -> new IOException("no RcvbufErrors in /proc/net/snmp"));
    }

    /// Removes the namespaces, and with them the cable and the packet filter.
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

    /// What the packet filter lost of one stream.
    ///
    /// @param sourcePort of the datagrams
    /// @param destinationPort of the datagrams
    /// @param count how many
    public record Drops(int sourcePort, int destinationPort, long count) {}
}
