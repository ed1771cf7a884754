package dev.pitot.message;

/// Limits of a server: clients, and the memory of their messages. Immutable; begin with [#DEFAULT].
///
/// @param peers at most in all, 1..1,000,000; more are refused because it is full
/// @param peersPerAddress at most of one address, 1 or more; IPv6 addresses count by their first 64
///     bits, since whoever has one of those has them all
/// @param memoryBytes that all connections together may hold beside what each always has, 1 MiB or more: what
///     waits to be sent or acknowledged, what came too early or in part, and DTLS handshakes. A server that holds more
/// ends
///     connections, the newest first of those that hold more than an equal share, and takes nothing more
///     to send until then
public record ServerLimits(int peers, int peersPerAddress, long memoryBytes) {
    /// 256 MiB, or a quarter of this program's heap if that is less.
    public static final long DEFAULT_MEMORY_BYTES =
            Math.min(256L << 20, Math.max(1L << 20, Runtime.getRuntime().maxMemory() / 4));

    /// 4096 clients, 256 of one address: networks hide behind one address.
    public static final ServerLimits DEFAULT = new ServerLimits(4096, 256);

    private static final int MOST = 1_000_000;
    private static final long LEAST_MEMORY = 1L << 20;

    /// @throws IllegalArgumentException if a limit is out of range
    public ServerLimits {
        if (peers < 1 || peers > MOST) {
            throw new IllegalArgumentException("peers not in 1.." + MOST + ": " + peers);
        }
        if (peersPerAddress < 1) {
            throw new IllegalArgumentException("peersPerAddress < 1: " + peersPerAddress);
        }
        if (memoryBytes < LEAST_MEMORY) {
            throw new IllegalArgumentException("memoryBytes < " + LEAST_MEMORY + ": " + memoryBytes);
        }
    }

    /// Makes limits with the default memory.
    public ServerLimits(int peers, int peersPerAddress) {
        this(peers, peersPerAddress, DEFAULT_MEMORY_BYTES);
    }

    /// Returns these limits with another one of memory.
    public ServerLimits withMemoryBytes(long bytes) {
        return new ServerLimits(peers, peersPerAddress, bytes);
    }
}
