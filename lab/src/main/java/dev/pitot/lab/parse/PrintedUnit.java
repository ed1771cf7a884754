package dev.pitot.lab.parse;

import java.util.OptionalDouble;

/// What the words that iperf prints behind a number mean: bits in steps of 1000, bytes in steps
/// of 1024, as units.c of iperf3 (unit_snprintf) and stdio.c of iperf 2 (byte_snprintf) divide.
/// That holds for rates too: `MBytes/sec` are 2^20 bytes a second and `Mbits/sec` 10^6 bits.
final class PrintedUnit {
    private static final String PREFIXES = "KMGTP";
    private static final int BITS_PER_BYTE = 8;

    private PrintedUnit() {}

    /// How many bytes one of this unit is, for example of `MBytes`.
    static OptionalDouble bytes(String word) {
        OptionalDouble bits = bits(word);
        return bits.isEmpty() ? bits : OptionalDouble.of(bits.getAsDouble() / BITS_PER_BYTE);
    }

    /// How many bits per second one of this unit is, for example of `Gbits/sec`.
    static OptionalDouble bitsPerSecond(String word) {
        return word.endsWith("/sec") ? bits(word.substring(0, word.length() - 4)) : OptionalDouble.empty();
    }

    private static OptionalDouble bits(String word) {
        int power = word.isEmpty() ? 0 : PREFIXES.indexOf(word.charAt(0)) + 1;
        String unit = power == 0 ? word : word.substring(1);
        return switch (unit) {
            case "bits", "bit" -> OptionalDouble.of(Math.pow(1000, power));
            case "Bytes", "Byte" -> OptionalDouble.of(BITS_PER_BYTE * Math.pow(1024, power));
            default -> OptionalDouble.empty();
        };
    }
}
