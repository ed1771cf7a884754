package dev.pitot.lab.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.parse.OutputEvent.Ended;
import dev.pitot.lab.parse.Row.Details;
import dev.pitot.lab.parse.Row.Kind;
import dev.pitot.lab.parse.Row.Series;
import org.junit.jupiter.api.Test;

/// Formats of versions that are not recorded: written by hand, not by those programs.
class OlderVersionsTest {
    @Test
    void iperf31sDatagramTotalsNameNoEnd() {
        var events = Recording.events(new AutoDetectReader(), """
                Connecting to host 192.0.2.1, port 5201
                [  4] local 192.0.2.2 port 50000 connected to 192.0.2.1 port 5201
                [ ID] Interval           Transfer     Bandwidth       Total Datagrams
                [  4]   0.00-1.00   sec   120 KBytes   982 Kbits/sec  15
                [  4]   1.00-2.00   sec   128 KBytes  1.05 Mbits/sec  16
                - - - - - - - - - - - - - - - - - - - - - - - - -
                [ ID] Interval           Transfer     Bandwidth       Jitter    Lost/Total Datagrams
                [  4]   0.00-2.00   sec   248 KBytes  1.02 Mbits/sec  0.063 ms  1/31 (3.2%)
                [  4] Sent 31 datagrams

                iperf Done.
                """);

        assertThat(Recording.rows(events))
                .extracting(Row::kind)
                .containsExactly(Kind.INTERVAL, Kind.INTERVAL, Kind.TOTAL);
        assertThat(Recording.rows(events)).extracting(Row::series).containsOnly(new Series(4, true));
        assertThat(Recording.rows(events).getLast().details()).isEqualTo(new Details(null, 31L, 1L, null, 0.063));
        assertThat(events.getLast()).isEqualTo(new Ended());
    }

    @Test
    void iperf31sServerDoesNotKnowTheSendersCount() {
        var events = Recording.events(new AutoDetectReader(), """
                Server listening on 5201
                Accepted connection from 192.0.2.2, port 50000
                [  5] local 192.0.2.1 port 5201 connected to 192.0.2.2 port 50002
                [ ID] Interval           Transfer     Bandwidth
                [  5]   0.00-1.00   sec   112 MBytes   939 Mbits/sec
                - - - - - - - - - - - - - - - - - - - - - - - - -
                [ ID] Interval           Transfer     Bandwidth
                [  5]   0.00-1.04   sec  0.00 Bytes  0.00 bits/sec                  sender
                [  5]   0.00-1.04   sec   116 MBytes   936 Mbits/sec                  receiver
                """);

        assertThat(Recording.rows(events))
                .extracting(Row::series)
                .containsExactly(new Series(5, null), new Series(5, false));
    }

    @Test
    void iperf20sCommaSeparatedSumIsMinusOne() {
        var rows = Recording.rows(Recording.events(new AutoDetectReader(), """
                20130408120000,192.0.2.2,40000,192.0.2.1,5001,3,0.0-1.0,1000,8000
                20130408120000,192.0.2.2,40001,192.0.2.1,5001,4,0.0-1.0,2000,16000
                20130408120000,192.0.2.2,0,192.0.2.1,5001,-1,0.0-1.0,3000,24000
                20130408120001,192.0.2.2,40000,192.0.2.1,5001,3,1.0-2.0,1000,8000
                20130408120002,192.0.2.2,40000,192.0.2.1,5001,3,0.0-2.0,2000,8000
                20130408120002,192.0.2.2,0,192.0.2.1,5001,-1,0.0-2.0,6000,24000
                """));

        assertThat(rows)
                .extracting(Row::kind)
                .containsExactly(Kind.INTERVAL, Kind.INTERVAL, Kind.INTERVAL, Kind.INTERVAL, Kind.TOTAL, Kind.TOTAL);
        assertThat(rows.get(2).series()).isEqualTo(new Series(null, null));
        assertThat(rows.get(2).amounts().bitsPerSecond()).isEqualTo(new RoundedValue(24000, 0.5));
    }

    @Test
    void iperf20sCommaSeparatedDatagramsTellLoss() {
        Row row = Recording.rows(Recording.events(
                        new AutoDetectReader(),
                        "20130408120000,192.0.2.1,5001,192.0.2.2,40000,3,0.0-10.0,1250000,1000000,0.021,3,893,0.336,2"))
                .getFirst();

        assertThat(row.details()).isEqualTo(new Details(null, 893L, 3L, 2L, 0.021));
    }
}
