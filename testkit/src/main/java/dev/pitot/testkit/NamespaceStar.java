package dev.pitot.testkit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/// Several network namespaces, each connected by a veth pair (MTU 1500) to one bridge: a private
/// lab. Host `n`, counted from 1, has the interface [#INTERFACE] with the address 192.0.2.n (RFC
/// 5737). Requires Linux and root. Tests that use it are annotated with [Needs]. Thread-safe;
/// closing removes the namespaces, but does not stop programs in them.
public final class NamespaceStar implements AutoCloseable {
    /// Interface name of each host.
    public static final String INTERFACE = "lab0";

    private static final String NETWORK = "192.0.2."; // RFC 5737: reserved for documentation

    private final String name;
    private final int hosts;

    private NamespaceStar(String name, int hosts) {
        this.name = name;
        this.hosts = hosts;
    }

    /// Creates the namespaces, the veth pairs and the bridge.
    ///
    /// @param hosts number of hosts, 1..250
    /// @throws IOException with the system's message, if it is not permitted or not possible
    public static NamespaceStar create(int hosts) throws IOException, InterruptedException {
        var star = new NamespaceStar(OwnNamespaces.newName(), hosts);
        try {
            star.setUp();
        } catch (IOException | InterruptedException e) {
            star.close();
            throw e;
        }
        return star;
    }

    /// Returns the address of a host.
    ///
    /// @param host from 1
    public String address(int host) {
        return NETWORK + host;
    }

    /// Returns a command that runs `command` in a host's namespace.
    ///
    /// @param host from 1
    public List<String> in(int host, List<String> command) {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", namespace(host)));
        inside.addAll(command);
        return inside;
    }

    /// Returns the processes in a host's namespace.
    ///
    /// @param host from 1
    public List<ProcessHandle> processes(int host) throws IOException, InterruptedException {
        String pids = OwnNamespaces.run(List.of("ip", "netns", "pids", namespace(host)));
        return pids.lines()
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())).stream())
                .toList();
    }

    /// Takes a host's interface down.
    ///
    /// @param host from 1
    public void unplug(int host) throws IOException, InterruptedException {
        OwnNamespaces.run(List.of("ip", "-n", namespace(host), "link", "set", INTERFACE, "down"));
    }

    /// Takes a host's interface up again.
    ///
    /// @param host from 1
    public void plugIn(int host) throws IOException, InterruptedException {
        OwnNamespaces.run(List.of("ip", "-n", namespace(host), "link", "set", INTERFACE, "up"));
    }

    /// Removes the namespaces, and with them the veth pairs and the bridge.
    @Override
    public void close() throws IOException {
        try {
            for (int host = 1; host <= hosts; host++) {
                OwnNamespaces.remove(namespace(host));
            }
            OwnNamespaces.remove(name + "-switch");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("a namespace is left, for the next one to remove: " + name);
        }
    }

    private void setUp() throws IOException, InterruptedException {
        String middle = name + "-switch";
        OwnNamespaces.run(List.of("ip", "netns", "add", middle));
        OwnNamespaces.run(List.of("ip", "-n", middle, "link", "add", "switch", "type", "bridge"));
        OwnNamespaces.run(List.of("ip", "-n", middle, "link", "set", "switch", "up"));
        for (int host = 1; host <= hosts; host++) {
            connect(host, middle);
        }
    }

    private void connect(int host, String middle) throws IOException, InterruptedException {
        String own = namespace(host);
        String port = "port" + host;
        OwnNamespaces.run(List.of("ip", "netns", "add", own));
        OwnNamespaces.run(
                List.of("ip", "-n", own, "link", "add", INTERFACE, "type", "veth", "peer", port, "netns", middle));
        OwnNamespaces.run(List.of("ip", "-n", middle, "link", "set", port, "master", "switch", "up"));
        OwnNamespaces.run(List.of("ip", "-n", own, "address", "add", address(host) + "/24", "dev", INTERFACE));
        OwnNamespaces.run(List.of("ip", "-n", own, "link", "set", INTERFACE, "mtu", "1500", "up"));
        OwnNamespaces.run(List.of("ip", "-n", own, "link", "set", "lo", "up"));
    }

    private String namespace(int host) {
        return name + "-host" + host;
    }
}
