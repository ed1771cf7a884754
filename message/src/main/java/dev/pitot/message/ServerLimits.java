package dev.pitot.message;

/// How many clients a server takes.
///
/// @param peers at most in all, 1..1,000,000; more are told that it is full
/// @param peersPerAddress at most of one address, 1 or more; IPv6 addresses count by their first
///     64 bits, since whoever has one of those has them all
public record ServerLimits(int peers, int peersPerAddress) {
    /// 4096 clients, 256 of one address: networks hide behind one address.
    public static final ServerLimits DEFAULT = new ServerLimits(4096, 256);

    private static final int MOST = 1_000_000;

    /// @throws IllegalArgumentException if a limit is out of range
    public ServerLimits {
        if (peers < 1 || peers > MOST) {
            throw new IllegalArgumentException("peers not in 1.." + MOST + ": " + peers);
        }
        if (peersPerAddress < 1) {
            throw new IllegalArgumentException("peersPerAddress < 1: " + peersPerAddress);
        }
    }
}
