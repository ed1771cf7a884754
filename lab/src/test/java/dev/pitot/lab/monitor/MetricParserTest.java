package dev.pitot.lab.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.plan.Monitor;
import dev.pitot.lab.probe.CommandTargets;
import dev.pitot.lab.probe.ScriptedConnection;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricParserTest {
    private static final String NET_DEV_COLUMNS = "rx_bytes,rx_packets,rx_errs,rx_drop,rx_fifo,rx_frame,"
            + "tx_bytes,tx_packets,tx_errs,tx_drop,tx_fifo,tx_colls,tx_carrier";

    @Test
    void cpuIsTheShareOfTicksThatAreNotIdle() throws Exception {
        var node = new ScriptedConnection(ScriptedConnection.Act.goesOn(
                "cpu  100 0 100 700 100 0 0 0 0 0",
                "cpu0 1 1 1 1",
                "MARK end",
                "cpu  150 5 115 760 130 10 10 20 0 0",
                "MARK end"));
        try (var bench =
                new MonitorFixture(CommandTargets.linux("tate", node), MonitorFixture.watch(Monitor.Kind.CPU))) {
            // 200 ticks went by, 60 idle and 30 waiting for storage
            assertThat(bench.told().figures()).isEqualTo(Map.of("cpu_percent", 55.0));
            bench.stop();
            assertThat(bench.text("logs/cpu_tate.csv")).isEqualTo("""
                            timestamp,cpu_percent
                            2026-01-02T03:04:09.000Z,55
                            """);
            assertThat(bench.told().troubles()).isEmpty();
        }
    }

    @Test
    void cpuIsForgottenWhenTheNodeWasStartedAgain() throws Exception {
        var node = new ScriptedConnection(ScriptedConnection.Act.goesOn(
                "cpu  1000 0 0 1000", "MARK end", "cpu  10 0 0 10", "MARK end", "cpu  20 0 0 40", "MARK end"));
        try (var bench =
                new MonitorFixture(CommandTargets.linux("tate", node), MonitorFixture.watch(Monitor.Kind.CPU))) {
            assertThat(bench.told().figures()).isEqualTo(Map.of("cpu_percent", 25.0));
        }
    }

    @Test
    void garbageIsToldOnceAndTheWatchGoesOn() throws Exception {
        var node = new ScriptedConnection(ScriptedConnection.Act.goesOn(
                "garbage",
                "MARK end",
                "cpu  x y",
                "MARK end",
                "MARK end",
                "cpu  0 0 0 0",
                "MARK end",
                "cpu  1 0 0 1MARK end"));
        try (var bench =
                new MonitorFixture(CommandTargets.linux("tate", node), MonitorFixture.watch(Monitor.Kind.CPU))) {
            assertThat(bench.told().figures()).isEqualTo(Map.of("cpu_percent", 50.0));
            bench.stop();
            assertThat(bench.text("logs/cpu_tate.csv")).isEqualTo("""
                            timestamp,cpu_percent
                            # 2026-01-02T03:04:06.000Z tate does not report how busy its processors are.
                            2026-01-02T03:04:12.000Z,50
                            """);
            assertThat(bench.told().troubles()).containsExactly("tate does not report how busy its processors are.");
        }
    }

    @Test
    void countersAreDifferencesPerSecondOfTheNodesClock() throws Exception {
        var node = new ScriptedConnection(ScriptedConnection.Act.goesOn(
                "100.10 90.00",
                "Inter-|   Receive",
                "    lo: 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9",
                " wlan0:1000 10 0 0 0 0 7 7 2000 20 0 0 0 0 0 7",
                "MARK end",
                "102.60 91.00",
                " wlan0:3500 15 1 2 3 4 8 8 2500 25 5 6 7 8 9 8",
                "MARK end"));
        try (var bench = new MonitorFixture(
                CommandTargets.linux("tate", node, "wlan0"), MonitorFixture.watch(Monitor.Kind.NET_DEV))) {
            Map<String, Double> figures = bench.told().figures();
            bench.stop();
            assertThat(bench.text("logs/net_dev_tate.csv"))
                    .isEqualTo("timestamp," + NET_DEV_COLUMNS + "\n"
                            + "2026-01-02T03:04:12.000Z,1000,2,0.4,0.8,1.2,1.6,200,2,2,2.4,2.8,3.2,3.6\n");
            assertThat(figures)
                    .hasSize(13)
                    .containsEntry("rx_bytes_per_second", 1000.0)
                    .containsEntry("tx_carrier_per_second", 3.6);
        }
    }

    @Test
    void aCounterMayWrapAndAnInterfaceMayRestart() throws Exception {
        var node = new ScriptedConnection(ScriptedConnection.Act.goesOn(
                "1.00 1.00",
                "eth0: 4294967000 10 0 0 0 0 0 0 5 5 9 0 0 0 0 0",
                "MARK end",
                "2.00 1.00",
                "eth0: 704 20 0 0 0 0 0 0 6 6 3 0 0 0 0 0", // bytes wrapped; errors cannot fall
                "MARK end",
                "3.00 1.00",
                "eth0: 9000 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0", // restarted: absent
                "MARK end",
                "4.00 1.00",
                "eth0: 9001 2 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
                "MARK end"));
        try (var bench = new MonitorFixture(
                CommandTargets.linux("tate", node), MonitorFixture.watch(Monitor.Kind.NET_DEV, "eth0"))) {
            assertThat(bench.told().figures())
                    .hasSize(12)
                    .containsEntry("rx_bytes_per_second", 1000.0)
                    .doesNotContainKey("tx_errs_per_second");
            bench.told().figures();
            bench.stop();
            assertThat(bench.text("logs/net_dev_tate.csv"))
                    .isEqualTo("timestamp," + NET_DEV_COLUMNS + "\n"
                            + "2026-01-02T03:04:10.000Z,1000,10,0,0,0,0,1,1,,0,0,0,0\n"
                            + "2026-01-02T03:04:16.000Z,1,1,0,0,0,0,0,0,0,0,0,0,0\n");
        }
    }

    @Test
    void allInterfacesAreWatchedWhereNoneIsKnown() throws Exception {
        var node = new ScriptedConnection(ScriptedConnection.Act.goesOn(
                "lo: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0",
                "b: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0",
                "a:1: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0",
                "MARK end",
                "b: 9 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0",
                "a:1: 5 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0",
                "MARK end"));
        try (var bench =
                new MonitorFixture(CommandTargets.linux("tate", node), MonitorFixture.watch(Monitor.Kind.NET_DEV))) {
            // without a clock of the node's, the lines' arrival counts: 3 s
            assertThat(bench.told().figures()).containsEntry("a:1.rx_bytes_per_second", 4 / 3.0);
            assertThat(bench.told().figures()).containsEntry("b.rx_bytes_per_second", 8 / 3.0);
            bench.stop();
            assertThat(bench.text("logs/net_dev_tate.csv"))
                    .isEqualTo("timestamp,interface," + NET_DEV_COLUMNS + "\n"
                            + "2026-01-02T03:04:11.000Z,a:1,1.333,0,0,0,0,0,0,0,0,0,0,0,0\n"
                            + "2026-01-02T03:04:11.000Z,b,2.667,0,0,0,0,0,0,0,0,0,0,0,0\n");
        }
    }

    @Test
    void anInterfaceThatIsNotThereIsTold() throws Exception {
        var node = new ScriptedConnection(ScriptedConnection.Act.goesOn("lo: 1 1 0 0", "eth0: x", "MARK end"));
        try (var bench = new MonitorFixture(
                CommandTargets.linux("tate", node), MonitorFixture.watch(Monitor.Kind.NET_DEV, "wlan9"))) {
            assertThat(bench.told().trouble()).isEqualTo("tate reports no counters of wlan9: see /proc/net/dev there.");
        }
    }

    @Test
    void signalIsRssiNoiseAndBitrate() throws Exception {
        var node = new ScriptedConnection(ScriptedConnection.Act.goesOn(
                "Connected to 00:11:22:33:44:55 (on wlan0)",
                "\tSSID: lab",
                "\tfreq: 5180",
                "\tsignal: -52 dBm",
                "\ttx bitrate: 866.7 MBit/s VHT-MCS 9",
                "MARK end",
                "Not connected.",
                "MARK end"));
        try (var bench = new MonitorFixture(
                CommandTargets.linux("tate", node, "wlan0"), MonitorFixture.watch(Monitor.Kind.SIGNAL))) {
            assertThat(bench.told().figures()).isEqualTo(Map.of("rssi_dbm", -52.0, "wifi_mbit_per_second", 866.7));
            assertThat(bench.told().trouble()).isEqualTo("tate reports nothing about its wifi link.");
            bench.stop();
            assertThat(bench.text("logs/signal_tate.csv")).isEqualTo("""
                            timestamp,rssi,noise,bitrate
                            2026-01-02T03:04:10.000Z,-52,,866.7
                            # 2026-01-02T03:04:12.000Z tate reports nothing about its wifi link.
                            """);
        }
    }

    @Test
    void batteryIsPercentAndCharging() throws Exception {
        var node = new ScriptedConnection(ScriptedConnection.Act.goesOn(
                "POWER_SUPPLY_NAME=BAT0", "POWER_SUPPLY_STATUS=Charging", "POWER_SUPPLY_CAPACITY=85", "MARK end"));
        try (var bench =
                new MonitorFixture(CommandTargets.linux("tate", node), MonitorFixture.watch(Monitor.Kind.BATTERY))) {
            assertThat(bench.told().figures()).isEqualTo(Map.of("battery_percent", 85.0, "battery_charging", 1.0));
            bench.stop();
            assertThat(bench.text("logs/battery_tate.csv")).isEqualTo("""
                            timestamp,percent,charging
                            2026-01-02T03:04:08.000Z,85,1
                            """);
        }
    }

    @Test
    void pingsTellRoundTripsAndEvents() throws Exception {
        String yes = "64 bytes from 10.0.0.1: icmp_seq=1 ttl=64 time=0.250 ms";
        String no = "1 packets transmitted, 0 received, 100% packet loss, time 0ms";
        var node = new ScriptedConnection(ScriptedConnection.Act.goesOn(
                yes,
                "MARK end",
                no,
                "MARK end",
                yes,
                "MARK end",
                no,
                "MARK end",
                no,
                "MARK end",
                no,
                "MARK end",
                yes,
                "MARK end",
                yes,
                "MARK end"));
        try (var bench = new MonitorFixture(
                CommandTargets.linux("tate", node), MonitorFixture.watch(Monitor.Kind.PING, "10.0.0.1", "2"))) {
            assertThat(bench.told().figures()).isEqualTo(Map.of("pings_lost", 0.0, "ping_ms", 0.25));
            assertThat(bench.told().figures()).isEqualTo(Map.of("pings_lost", 1.0));
            for (int i = 0; i < 6; i++) {
                bench.told().figures();
            }
            bench.stop();
            assertThat(bench.text("logs/ping_tate.csv"))
                    .startsWith("timestamp,round_trip_ms\n2026-01-02T03:04:06.000Z,0.25\n2026-01-02T03:04:08.000Z,\n")
                    .endsWith("\n2026-01-02T03:04:20.000Z,0.25\n");
            assertThat(bench.text("logs/ping_events_tate.csv")).isEqualTo("""
                            TimeOfEvent,Event,SecondsToEvent
                            2026-01-02T03:04:12.000Z,Failure,6
                            2026-01-02T03:04:18.000Z,Recovery,6
                            """);
        }
    }
}
