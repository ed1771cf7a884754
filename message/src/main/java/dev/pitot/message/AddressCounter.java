package dev.pitot.message;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Counts peers by their address, within a server's limits. The server's thread only.
final class AddressCounter {
    private static final int NETWORK_BYTES = 8; // of an IPv6 address: what one customer gets at least

    private final int most;
    private final int mostOfEach;
    private final Map<InetAddress, Integer> byNetwork = new HashMap<>();
    private int total;

    /// @param most in all
    /// @param mostOfEach of one address, or of one network of IPv6
    AddressCounter(int most, int mostOfEach) {
        this.most = most;
        this.mostOfEach = mostOfEach;
    }

    /// Counts one more; returns false if there is no room.
    boolean add(InetAddress address) {
        InetAddress network = networkOf(address);
        int before = byNetwork.getOrDefault(network, 0);
        if (total >= most || before >= mostOfEach) {
            return false;
        }
        byNetwork.put(network, before + 1);
        total++;
        return true;
    }

    /// Counts one less.
    void remove(InetAddress address) {
        byNetwork.computeIfPresent(networkOf(address), (_, count) -> count == 1 ? null : count - 1);
        total--;
    }

    /// Moves one to another address; returns false if there is no room at it.
    boolean move(InetAddress from, InetAddress to) {
        remove(from);
        if (add(to)) {
            return true;
        }
        add(from);
        return false;
    }

    private static InetAddress networkOf(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        try {
            return InetAddress.getByAddress(
                    Arrays.copyOf(Arrays.copyOf(address.getAddress(), NETWORK_BYTES), 2 * NETWORK_BYTES));
        } catch (UnknownHostException _) { // only for another length than this one
            return address;
        }
    }
}
