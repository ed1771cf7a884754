package dev.pitot.lab.parse;

import java.util.Arrays;

/// A unit in which the parse tool writes rates and transfers: apetools' table.
///
/// Rates are decimal in all units (1 MBytes is 8·10^6 bits each second, as in apetools; iperf's
/// own
/// `MBytes/sec` are 2^20 bytes). Transfers are decimal in bits and binary in bytes, as iperf's.
public enum OutputUnit {
    /// Bits.
    BITS("bits", 1, 0),
    /// 10^3 bits.
    KBITS("Kbits", 1, 1),
    /// 10^6 bits.
    MBITS("Mbits", 1, 2),
    /// 10^9 bits.
    GBITS("Gbits", 1, 3),
    /// Bytes.
    BYTES("Bytes", 8, 0),
    /// Rates in 10^3, transfers in 2^10 bytes.
    KBYTES("KBytes", 8, 1),
    /// Rates in 10^6, transfers in 2^20 bytes.
    MBYTES("MBytes", 8, 2),
    /// Rates in 10^9, transfers in 2^30 bytes.
    GBYTES("GBytes", 8, 3);

    private static final int BITS_PER_BYTE = 8;

    private final String word;
    private final int bits;
    private final int power;

    OutputUnit(String word, int bits, int power) {
        this.word = word;
        this.bits = bits;
        this.power = power;
    }

    /// The unit of this name, whose case does not matter.
    ///
    /// @throws IllegalArgumentException if there is none
    public static OutputUnit parse(String name) {
        return Arrays.stream(values())
                .filter(unit -> unit.word.equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown unit \"" + name + "\": use one of " + Arrays.toString(values())));
    }

    /// A rate in this unit per second.
    public double rate(double bitsPerSecond) {
        return bitsPerSecond / (bits * Math.pow(1000, power));
    }

    /// A transfer in this unit.
    public double transfer(double bytes) {
        return bits == 1 ? bytes * BITS_PER_BYTE / Math.pow(1000, power) : bytes / Math.pow(1024, power);
    }

    /// The unit as it is written, for example `Mbits`.
    @Override
    public String toString() {
        return word;
    }
}
