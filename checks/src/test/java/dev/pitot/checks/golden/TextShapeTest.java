package dev.pitot.checks.golden;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextShapeTest {
    private static final String HEADER = "[ ID] Interval           Transfer     Bitrate         Retr  Cwnd\n";
    private static final String FIRST =
            "[  5]   0.00-1.00   sec  11.9 MBytes   100 Mbits/sec    0   1.12 MBytes       \n";
    private static final String SECOND =
            "[  5]   1.00-2.01   sec   608 KBytes  9.71 Gbits/sec   17    320 KBytes       \n";

    @Test
    void figuresLeaveTheirColumns() {
        assertThat(TextShape.of(FIRST))
                .containsExactly("[###]#######-#######sec###### _Bytes###### _bits/sec############ _Bytes       ")
                .isEqualTo(TextShape.of(SECOND));
    }

    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, delimiter = '|', textBlock = """
            [  5]   0.00-1.00   sec  11.9 MBytes   100 Mbits/sec  382  |[  6]   1.00-2.00   sec   608 KBytes  9.71 Mbits/sec  19 \s
            [  4]   0.00-3.00   sec  35.4 MBytes  98.9 Mbits/sec  0.017 ms  13/1145 (1.1%)  receiver|[ 10]   0.00-2.00   sec  0.00 Bytes  0.00 bits/sec  12.345 ms  0/0 (0%)  receiver
            [  5]   0.00-1.00   sec  11.9 MBytes   100 Mbits/sec    0            sender|[  5]   0.00-1.00   sec  11.9 MBytes   100 Mbits/sec  12345            sender
            [  5]   0.00-1.00   sec  11.9 MBytes  12345678 Kbits/sec                  |[  5]   0.00-1.00   sec  11.9 MBytes   100 Kbits/sec                 \s
            Accepted connection from 127.0.0.1, port 38724|Accepted connection from 127.0.0.1, port 1
            CPU Utilization: local/sender 0.3% (0.3%u/0.0%s), remote/receiver 0.1% (0.1%u/0.0%s)|CPU Utilization: local/sender 12.3% (10.3%u/2.0%s), remote/receiver 0.1% (0.1%u/0.0%s)
            """)
    void linesThatDifferInFiguresOnlyAreAlike(String one, String other) {
        assertThat(TextShape.of(one)).isEqualTo(TextShape.of(other));
    }

    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, delimiter = '|', textBlock = """
            [  5]   0.00-1.00   sec  11.9 MBytes   100 Mbits/sec  382  |[  5]   0.00-1.00   sec  11.9 MBytes   100 Mbits/sec            382 \s
            [  5]   0.00-1.00   sec  11.9 MBytes   100 Mbits/sec    0            sender|[  5]   0.00-1.00   sec  11.9 MBytes   100 Mbits/sec    0             sender
            [  5]   0.00-1.00   sec  11.9 MBytes   100 Mbits/sec  382  |[  5]   0.00-1.00   sec  11.9 MBytes   100 Mbits/sec  382
            [  5]   0.00-1.00   sec  11.9 MBytes   100 Mbits/sec  382  |[  5]   0.00-1.00   sec  11.9 MBytes   100 MBytes/sec  382 \s
            [  5]   0.00-1.00   sec  11.9 MBytes   100 Mbits/sec  382  |[  5]   0.00-1.00   sec  11.9 MBytes   100 Mbits/sec  382  (omitted)
            [  5]   0.00-1.00   sec  11.9 MBytes   100 Mbits/sec  382  |[  5]   0.00-1.00  sec  11.9 MBytes   100 Mbits/sec  382 \s
            iperf3: error - the server has terminated|iperf3: error - the client has terminated
            """)
    void linesThatDifferOtherwiseAreNot(String one, String other) {
        assertThat(TextShape.of(one)).isNotEqualTo(TextShape.of(other));
    }

    @Test
    void anyNumberOfReportsIsOne() {
        assertThat(TextShape.of(HEADER + FIRST + SECOND + "\n")).isEqualTo(TextShape.of(HEADER + SECOND + "\n"));
    }

    @Test
    void aReportOfAnotherKindIsAnotherOne() {
        String omitted = FIRST.replaceFirst("      \n", "(omitted)\n");

        assertThat(TextShape.of(HEADER + omitted + FIRST)).hasSize(3);
    }

    @Test
    void whetherReportsArePartedIsSeen() {
        String twoStreams = FIRST + FIRST.replace("[  5]", "[SUM]");
        String separator = "- - - - - - - - - - - - - - - - - - - - - - - - -\n";

        assertThat(TextShape.of(twoStreams + separator + twoStreams)).contains("(reports are parted)");
        assertThat(TextShape.of(twoStreams + twoStreams)).doesNotContain("(reports are parted)");
        assertThat(TextShape.of(twoStreams + separator + twoStreams + twoStreams))
                .contains("(some reports are parted)");
    }

    @Test
    void aMissingStreamIsSeen() {
        String two = FIRST + FIRST.replace("[  5]", "[  7]");

        assertThat(TextShape.of(two + two)).hasSize(2).isNotEqualTo(TextShape.of(FIRST + FIRST));
    }

    @Test
    void unitsOfRatesAreKeptWhereTheyMatter() {
        assertThat(TextShape.of(FIRST, true)).isNotEqualTo(TextShape.of(SECOND, true));
    }

    @Test
    void helpIsAsLongAsItLikes() {
        assertThat(TextShape.of("Usage: iperf3 [-s|-c host] [options]\n       iperf3 [-h|--help]\n\nmore\n"))
                .containsExactly("(help)");
        assertThat(TextShape.of("Usage: iperf3 [-s|-c host] [options]\nTry `iperf3 --help' for more information.\n"))
                .hasSize(2);
    }

    @Test
    void ownBlocksWithTimesTakeNothingElseAway() {
        String stamp = "Tue Nov 24 10:24:11 2026 ";
        String summary = stamp + "[  5]   0.00-1.00   sec  2.62 GBytes  22.5 Gbits/sec                  receiver\n";
        String own =
                stamp + "\n" + stamp + "Round trip, ms    Idle  Median\n" + stamp + "receiving        0.018   0.048\n"
                        + stamp + "\n" + stamp + "Findings\n" + stamp + "  The sender's processor is the limit.\n";

        assertThat(TextShape.of(summary + own)).isEqualTo(TextShape.of(summary)).hasSize(1);
    }
}
