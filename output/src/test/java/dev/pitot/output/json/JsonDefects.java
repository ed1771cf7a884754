package dev.pitot.output.json;

import dev.pitot.output.Defect;
import java.util.List;
import java.util.regex.Pattern;

/// Known defects in iperf 3.21's JSON.
///
/// Two defects are not listed here: `udp-skip-rx-copy` is a wrong measurement, not a wrong report,
/// and a negative loss can occur but is in no golden file ([dev.pitot.output.format.Loss] has its
/// own test).
final class JsonDefects {
    /// All intentional differences.
    static final List<Defect> ALL = List.of(
            Defect.of(
                    "text is printed before the document (-J with -V)",
                    "tcp-verbose\\.json|tcp-bidir-verbose(\\.server)?\\.json|udp-verbose\\.json|tcp-cntl-ka\\.json",
                    "\\A[^{]+",
                    ""),
            Defect.of(
                    "a server whose client sets a rate writes target_bitrate twice",
                    "(err-busy|(json-stream-(full-output-)?udp)|sig-.*|tcp-rate.*)\\.server\\.json"
                            + "|udp-(?!lossy).*\\.server\\.json|udp-get-server-output\\.json",
                    "\"target_bitrate\":\\s*\\d+,\\s*(?=\"(sock_bufsize|timestamp)\")",
                    ""),
            Defect.of(
                    "for a test that it refuses, a server writes the rate and nothing else",
                    "err-server-bitrate-limit-params\\.server\\.json",
                    ",\\s*\"target_bitrate\":\\s*\\d+(?=\\s*})",
                    ""),
            Defect.of(
                    "a client writes a server's error twice: as the server's and as its own",
                    "err-server-(bitrate-limit-\\w+|max-duration)\\.json|sctp\\.json",
                    "\t\"error\":\t\"SERVER ERROR - .*\",\n",
                    ""),
            Defect.of(
                    "a server that denies access gives no reason, neither to its client nor to its user",
                    "err-auth-.*\\.server\\.json",
                    "no error",
                    "test authorization failed"),
            Defect.of(
                    "a client that is denied access gets no reason",
                    "err-auth-[a-z-]+\\.json",
                    "control socket has closed unexpectedly",
                    "test authorization failed"),
            new Defect(
                    "an end whose test was aborted by the other one reports the last interval twice",
                    Pattern.compile("sig-client-(INT|TERM).*\\.server\\.json|sig-server-.*[TLR]\\.json"),
                    JsonDefects::withoutRepeatedInterval),
            new Defect(
                    "after a warm-up, start + seconds is not end: a start before 0 is taken for one after"
                            + " it (iperf_time_diff has no sign), and the seconds are counted from the start before 0",
                    Pattern.compile("(tcp|udp)-omit.*"),
                    JsonDefects::withSpansAsLongAsTheyAre));

    // Values of an interval that does not begin at 0: 1 start, 2 end, 3 tabs, 4 seconds, 5 bytes.
    private static final Pattern MEASURED =
            Pattern.compile("\"start\":\t([^0,][^,]*|0\\.[^,]+),\n(?:\t+)\"end\":\t([^,]+),\n"
                    + "(\t+)\"seconds\":\t([^,]+),\n\t+\"bytes\":\t(\\d+),\n\t+\"bits_per_second\":\t[^,]+(?=,)");

    private JsonDefects() {}

    private static String withoutRepeatedInterval(String document) {
        String separator = ", {\n\t\t\t\"streams\"";
        int end = document.indexOf("],\n\t\"end\"");
        int last = document.lastIndexOf(separator, end);
        int before = document.lastIndexOf(separator, last - 1);
        boolean isRepeated = before >= 0 && document.substring(before, last).equals(document.substring(last, end));
        return isRepeated ? document.substring(0, last) + document.substring(end) : document;
    }

    private static String withSpansAsLongAsTheyAre(String document) {
        return MEASURED.matcher(document).replaceAll(found -> {
            double seconds = (float) (Double.parseDouble(found.group(2)) - Double.parseDouble(found.group(1)));
            double rate = Double.parseDouble(found.group(5)) / seconds * 8;
            boolean isTrue = Math.abs(Double.parseDouble(found.group(4)) - seconds) < 1e-6;
            return isTrue
                    ? found.group()
                    : String.join(
                            "",
                            "\"start\":\t" + found.group(1),
                            ",\n" + found.group(3) + "\"end\":\t" + found.group(2),
                            ",\n" + found.group(3) + "\"seconds\":\t" + CjsonNumber.of(seconds),
                            ",\n" + found.group(3) + "\"bytes\":\t" + found.group(5),
                            ",\n" + found.group(3) + "\"bits_per_second\":\t" + CjsonNumber.of(rate));
        });
    }
}
