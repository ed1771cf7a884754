package dev.pitot.output.json;

import dev.pitot.model.result.Total;
import dev.pitot.output.format.IperfTime;

/// Writes the members that every totals object begins with, up to the rate.
final class TotalJson {
    private static final int BITS_PER_BYTE = 8;

    private TotalJson() {}

    static void write(CjsonWriter out, Total total) {
        write(out, total, IperfTime.seconds(total.nanos()));
    }

    /// Writes a total with a value of `seconds` taken from elsewhere.
    static void write(CjsonWriter out, Total total, double seconds) {
        writeTimes(out, IperfTime.seconds(total.nanos()), seconds);
        writeAmount(out, total);
    }

    static void writeTimes(CjsonWriter out, double end, double seconds) {
        out.member("start", 0).member("end", end).member("seconds", seconds);
    }

    static void writeAmount(CjsonWriter out, Total total) {
        double rate = IperfTime.rate(total.bytes(), IperfTime.seconds(total.nanos())) * BITS_PER_BYTE;
        out.member("bytes", total.bytes()).member("bits_per_second", rate);
    }
}
