package dev.pitot.testkit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Two network namespaces with a router between them, which is a third: a network path whose queue
/// is known to the byte, and which can be given faults. Every direction has its own
/// settings; a direction is named by the side that it leads to. Settings may be changed while
/// programs run. Requires Linux and root; tests that use it are annotated with [Needs]
/// ([Tool#NAMESPACES]). Thread-safe; closing removes the namespaces, but does not stop programs in
/// them. What a killed process leaves behind, the next one removes.
///
/// ```java
/// var line = Bottleneck.of(10_000_000, Duration.ofMillis(50));
/// try (var path = NamespacePath.create()) {
///     path.slow(NamespaceSide.SERVER, line);
///     try (var server = path.server(5201, Iperf3.command("-s", "-1"));
///             var queue = path.queue(NamespaceSide.SERVER);
///             var client = path.start(NamespaceSide.CLIENT,
///                     Iperf3.command("-c", path.address(NamespaceSide.SERVER), "-C", "cubic"))) {
///         client.awaitExit();
///         Duration median = line.delayOf(queue.history().loaded().backlog(0.5));
///     }
/// }
/// ```
///
/// Packets are never merged or split on the way (no segmentation offload), so that they have
/// their true size in queues and rules. The default of TCP's congestion control is the machine's:
/// a test that wants a full buffer says `-C cubic`.
public final class NamespacePath implements AutoCloseable {
    private static final int DICE = 1_000_000;

    private final String name;

    private NamespacePath(String name) {
        this.name = name;
    }

    /// Creates the namespaces, the veth pairs (MTU 1500) and the routes: a fast path without
    /// faults. Removes what killed processes left behind.
    ///
    /// @throws IOException with the system's message, if it is not permitted or not possible
    public static NamespacePath create() throws IOException, InterruptedException {
        var path = new NamespacePath(OwnNamespaces.newName());
        try {
            path.setUp();
        } catch (IOException | InterruptedException e) {
            path.close();
            throw e;
        }
        return path;
    }

    /// Address of a side.
    public String address(NamespaceSide side) {
        return network(side) + "1";
    }

    /// Starts a program at a side.
    public ChildProcess start(NamespaceSide side, List<String> command) throws IOException {
        return ChildProcess.start(in(namespace(side), command));
    }

    /// Starts a server program in the server's namespace and waits until it listens.
    ///
    /// @param port port on which the command listens
    /// @throws AssertionError with its output, if it does not start listening
    public ServerProcess server(int port, List<String> command) throws IOException, InterruptedException {
        return ServerProcess.awaitListening(start(NamespaceSide.SERVER, command), port);
    }

    /// Makes one direction slow, from now on: the router's queue in front of the line is the
    /// bottleneck.
    ///
    /// @param towards side that the direction leads to
    public void slow(NamespaceSide towards, Bottleneck line) throws IOException, InterruptedException {
        shape(router(), device(towards), line);
    }

    /// Makes a host send slowly, from now on: through a queue of its own, in which TCP's limit of
    /// packets per socket (TSQ) counts.
    ///
    /// @param sender side whose interface gets the queue
    public void slowInterface(NamespaceSide sender, Bottleneck line) throws IOException, InterruptedException {
        shape(namespace(sender), device(sender), line);
    }

    /// Starts to read the length of the router's queue in one direction. [#slow] comes first.
    ///
    /// @param towards side that the direction leads to
    public QueueReader queue(NamespaceSide towards) throws IOException {
        return QueueReader.start(in(router(), List.of("tc", "-s", "-j", "-batch", "-")), device(towards));
    }

    /// Starts to read the length of a host's own queue. [#slowInterface] comes first.
    ///
    /// @param sender side whose interface has the queue
    public QueueReader interfaceQueue(NamespaceSide sender) throws IOException {
        return QueueReader.start(in(namespace(sender), List.of("tc", "-s", "-j", "-batch", "-")), device(sender));
    }

    /// Loses packets at random in one direction, from now on: each with the same probability,
    /// whatever happened to others.
    ///
    /// @param towards side that the direction leads to
    /// @param probability 0..1, in steps of a millionth
    public void dropRandomly(NamespaceSide towards, double probability) throws IOException, InterruptedException {
        drop(towards, "numgen random mod %d < %d".formatted(DICE, Math.round(probability * DICE)));
    }

    /// Polices one direction, from now on: drops packets above a rate and queues none.
    ///
    /// @param towards side that the direction leads to
    /// @param bitsPerSecond of IP packets, without Ethernet's headers
    /// @param burstBytes bytes that may pass at once after a pause
    public void police(NamespaceSide towards, long bitsPerSecond, int burstBytes)
            throws IOException, InterruptedException {
        drop(towards, "limit rate over %d bytes/second burst %d bytes".formatted(bitsPerSecond / 8, burstBytes));
    }

    /// Drops large packets in one direction without a message to their sender, from now on: a hole
    /// for packets above an unknown MTU.
    ///
    /// @param towards side that the direction leads to
    /// @param bytes longest IP packet that passes
    public void dropLargerThan(NamespaceSide towards, int bytes) throws IOException, InterruptedException {
        drop(towards, "meta length > " + bytes);
    }

    /// Removes all losses from both directions: random ones, policers and holes.
    public void dropNothing() throws IOException, InterruptedException {
        run(router(), "nft flush chain inet pitot forward");
    }

    /// Number of packets that the rules of [#dropRandomly], [#police] and [#dropLargerThan] have
    /// dropped in one direction so far.
    public long dropped(NamespaceSide towards) throws IOException, InterruptedException {
        return run(router(), "nft list chain inet pitot forward")
                .lines()
                .filter(line -> line.contains("\"" + device(towards) + "\""))
                .mapToLong(line -> Long.parseLong(line.replaceFirst(".*counter packets (\\d+) .*", "$1")))
                .sum();
    }

    /// Lets one processor receive all packets of the path, from now on: slower, but none overtakes another.
    /// Otherwise each processor receives what it has sent, and packets overtake each other when their sender
    /// moves to another one.
    public void keepOrder() throws IOException, InterruptedException {
        int processors = Math.min(Runtime.getRuntime().availableProcessors(), Integer.SIZE);
        String script = "for mask in /sys/class/net/*/queues/rx-*/rps_cpus; do echo %x >$mask; done"
                .formatted(1L << (processors - 1));
        for (String namespace : List.of(router(), namespace(NamespaceSide.CLIENT), namespace(NamespaceSide.SERVER))) {
            OwnNamespaces.run(in(namespace, List.of("sh", "-c", script)));
        }
    }

    /// Sets a parameter of a side's kernel from now on, which concerns new sockets:
    /// `net.ipv4.tcp_rmem` to `4096 16384 16384` gives small receive buffers, `net.ipv4.tcp_wmem`
    /// send buffers. Parameters of `net.core` belong to the machine and cannot be set.
    public void set(NamespaceSide side, String parameter, String value) throws IOException, InterruptedException {
        OwnNamespaces.run(in(namespace(side), List.of("sysctl", "-q", "-w", parameter + "=" + value)));
    }

    /// Starts a program at a side on the machine's first processor, which others keep busy.
    ///
    /// @param others processes that want the same processor, 1 or more; each takes an equal share
    /// @param atMost the others end then, even if this process is killed
    public ChildProcess startCrowded(NamespaceSide side, List<String> command, int others, Duration atMost)
            throws IOException {
        String script = """
                others=
                for i in $(seq %d); do timeout %d sh -c 'while :; do :; done' & others="$others $!"; done
                "$@"; code=$?; kill $others; exit $code""".formatted(others, atMost.toSeconds());
        List<String> crowded = new ArrayList<>(List.of("taskset", "-c", "0", "sh", "-c", script, "sh"));
        crowded.addAll(command);
        return start(side, crowded);
    }

    /// Removes the namespaces, and with them the veth pairs, queues and rules.
    @Override
    public void close() throws IOException {
        try {
            for (String namespace :
                    List.of(router(), namespace(NamespaceSide.CLIENT), namespace(NamespaceSide.SERVER))) {
                OwnNamespaces.remove(namespace);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("a namespace is left, for the next path to remove: " + name);
        }
    }

    private void setUp() throws IOException, InterruptedException {
        OwnNamespaces.run(List.of("ip", "netns", "add", router()));
        for (NamespaceSide side : NamespaceSide.values()) {
            String host = namespace(side);
            String device = device(side);
            OwnNamespaces.run(List.of("ip", "netns", "add", host));
            ip(router(), "link add %s type veth peer name %s netns %s".formatted(device, device, host));
            plugIn(router(), device, network(side) + "2");
            plugIn(host, device, address(side));
            ip(host, "route add default via " + network(side) + "2");
        }
        run(router(), "sysctl -q -w net.ipv4.ip_forward=1");
        run(router(), "nft add table inet pitot");
        OwnNamespaces.run(in(
                router(),
                List.of(
                        "nft",
                        "add chain inet pitot forward { type filter hook forward priority 0; policy accept; }")));
    }

    private static void plugIn(String namespace, String device, String address)
            throws IOException, InterruptedException {
        ip(namespace, "address add %s/24 dev %s".formatted(address, device));
        ip(namespace, "link set %s mtu 1500 gso_max_segs 1 up".formatted(device));
        ip(namespace, "link set lo up");
    }

    private static void shape(String namespace, String device, Bottleneck line)
            throws IOException, InterruptedException {
        for (String command : line.commands(device)) {
            run(namespace, "tc " + command);
        }
    }

    private void drop(NamespaceSide towards, String match) throws IOException, InterruptedException {
        run(router(), "nft add rule inet pitot forward oifname %s %s counter drop".formatted(device(towards), match));
    }

    private static void ip(String namespace, String command) throws IOException, InterruptedException {
        OwnNamespaces.run(words("ip -n " + namespace + " " + command));
    }

    private static String run(String namespace, String command) throws IOException, InterruptedException {
        return OwnNamespaces.run(in(namespace, words(command)));
    }

    private static List<String> words(String command) {
        return List.of(command.split(" "));
    }

    private static List<String> in(String namespace, List<String> command) {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        inside.addAll(command);
        return inside;
    }

    /// First three bytes of a side's network: reserved for documentation (RFC 5737).
    private static String network(NamespaceSide side) {
        return switch (side) {
            case CLIENT -> "192.0.2.";
            case SERVER -> "198.51.100.";
        };
    }

    private static String device(NamespaceSide side) {
        return side.name().toLowerCase(Locale.ROOT) + "0";
    }

    private String namespace(NamespaceSide side) {
        return name + "-" + side.name().toLowerCase(Locale.ROOT);
    }

    private String router() {
        return name + "-router";
    }
}
