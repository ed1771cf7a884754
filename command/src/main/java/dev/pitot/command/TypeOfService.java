package dev.pitot.command;

import dev.pitot.command.Getopt.Given;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.util.Locale;

/// Value of the byte that `-S` and `--dscp` set (IPv4 type of service, IPv6 traffic class).
final class TypeOfService {
    private static final int MAX_TOS = 255;
    private static final int MAX_DSCP = 63;
    private static final int ECN_BITS = 2; // a code point fills the upper six bits of the byte (RFC 2474)

    private TypeOfService() {}

    /// @throws InvalidSettingException (error 21) if it is not a number of 0..255
    static int parse(Given given) throws UsageException {
        Integer value = NumberArguments.anyBase(given);
        if (value == null || value < 0 || value > MAX_TOS) {
            throw new InvalidSettingException(IperfError.TOS);
        }
        return value;
    }

    /// Returns a DSCP code point shifted into its byte.
    ///
    /// @throws InvalidSettingException (error 40) if it is neither a number of 0..63 nor a known name
    static int parseCodePoint(Given given) throws UsageException {
        Integer value = NumberArguments.anyBase(given);
        if (value == null) {
            return named(given.text().toLowerCase(Locale.ROOT));
        }
        if (value < 0 || value > MAX_DSCP) {
            throw new InvalidSettingException(IperfError.DSCP);
        }
        return value << ECN_BITS;
    }

    /// Code point names of iperf's dscp.c, as bytes.
    private static int named(String name) {
        return switch (name) {
            case "af11" -> 40;
            case "af12" -> 48;
            case "af13" -> 56;
            case "af21" -> 72;
            case "af22" -> 80;
            case "af23" -> 88;
            case "af31" -> 104;
            case "af32" -> 112;
            case "af33" -> 120;
            case "af41" -> 136;
            case "af42" -> 144;
            case "af43" -> 152;
            case "cs0" -> 0;
            case "cs1" -> 32;
            case "cs2" -> 64;
            case "cs3" -> 96;
            case "cs4" -> 128;
            case "cs5" -> 160;
            case "cs6" -> 192;
            case "cs7" -> 224;
            case "ef" -> 184;
            case "va" -> 176;
            case "lowdelay" -> 16;
            case "throughput" -> 8;
            case "reliability" -> 4;
            default -> throw new InvalidSettingException(IperfError.DSCP);
        };
    }
}
