package dev.pitot.lab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.parse.ErrorKind;
import dev.pitot.lab.parse.RoundedValue;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.ParameterSet;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.lab.results.Observations.Statistics;
import dev.pitot.lab.results.RunResult.Intervals;
import dev.pitot.lab.results.RunResult.Measurements;
import dev.pitot.lab.results.RunResult.Verdict;
import dev.pitot.model.config.Protocol;
import dev.pitot.output.json.DocumentReader;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultColumnsTest {
    private static final TimestampFormat STAMP = new TimestampFormat(ZoneOffset.ofHours(-9));

    /// Nothing in it is empty, or what an absent field is read as.
    private static final RunResult FULL = new RunResult(
            new TestId(
                    7,
                    2,
                    new TestId.Group(
                            "quick",
                            new TestCase.Pair("tate", "tpc", NodeDirection.FROM_NODE),
                            Protocol.UDP,
                            new ParameterSet(
                                    ordered("angle", "90", "test", "a"), ordered("parallel", "4", "angle", "x")))),
            3,
            EngineKind.IPERF2,
            new RunResult.Time(ResultFixtures.NOON, ResultFixtures.NOON.plusMillis(1_234)),
            new Measurements(
                    List.of(row(true, 0.5)),
                    List.of(row(false, 0.25)),
                    List.of("raw_iperf/a", "raw_iperf/b"),
                    new Observations(
                            ordered("recovery_seconds", "7.50", "angle", "91.5", "lobe", "left"),
                            Map.of("node_rssi_dbm", new Statistics(3, -60.5, -70, -50.25))),
                    new Intervals(1.5e6, 2L)),
            new Verdict(Verdict.Kind.MISSED, ErrorKind.BUSY, "received \"5\", wanted", List.of(ResultFixtures.FAST)));

    private static Map<String, String> ordered(String... namesAndValues) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    private static Row row(boolean isSender, double jitter) {
        return new Row(
                Row.Kind.TOTAL,
                new Row.Series(5, isSender, false),
                0.5,
                10,
                new Row.Amounts(new RoundedValue(1000, 0.5), new RoundedValue(8000, 5)),
                new Row.Details(1L, 20L, 3L, 4L, jitter, new Row.RoundTrips(0.25, 31.5, "B")));
    }

    private static String line(RunResult run) {
        return ResultColumns.json(run, ResultColumns.Destination.LINE, STAMP).toString();
    }

    @Test
    void aLineIsReadBackAsTheRunThatItWas() {
        assertThat(ResultColumns.read(line(FULL))).isEqualTo(FULL);
    }

    /// So no member can be written and not be read.
    @Test
    void everyMemberOfALineIsRead() {
        Map<String, Object> members = DocumentReader.read(line(FULL));

        assertThat(members).hasSizeGreaterThan(20);
        for (String name : members.keySet()) {
            assertThat(readWithout(name, line(FULL))).as(name).isNotEqualTo(FULL);
        }
    }

    private static @Nullable RunResult readWithout(String name, String line) {
        try {
            return ResultColumns.read(line.replace("\"" + name + "\":", "\"other\":"));
        } catch (IllegalArgumentException _) { // refused is seen as well
            return null;
        }
    }

    @Test
    void linesFromBeforeThereWereVariablesAreRead() {
        RunResult run = ResultColumns.read("""
                {"number":1,"repetition":1,"node":"tate","peer":"tpc","direction":"from_node","test":"quick",\
                "protocol":"tcp","sweep":{"parallel":"2"},"attempt":1,"engine":"iperf3",\
                "began":"2026-11-21T17:30:00.000+05:30","ended":"2026-11-21T17:30:10.250+05:30","verdict":"passed",\
                "trouble":null,"reason":null,"missed":[],"sender":[],"receiver":[{"kind":"total","stream":null,\
                "sender":false,"start":0,"end":2,"bytes":8,"bytes_error":0,"bits_per_second":32,\
                "bits_per_second_error":0,"retransmits":null,"datagrams":null,"lost":null,"out_of_order":null,\
                "jitter_ms":null}],"files":[]}""");

        assertThat(run.id().group().parameters()).isEqualTo(new ParameterSet(Map.of(), Map.of("parallel", "2")));
        assertThat(run.measurements().observations()).isEqualTo(Observations.NONE);
        assertThat(run.measurements().intervals()).isEqualTo(Intervals.NONE);
        assertThat(run.measurements().receiver()).containsExactly(ResultFixtures.total(null, false, 8));
    }

    @Test
    void eachNameIsAColumnOfItsOwn() {
        assertThat(ResultColumns.csv(List.of(FULL)).lines())
                .containsExactly(
                        "number,repetition,node,peer,direction,test,angle,variable_test,parallel,sweep_angle,engine,"
                                + "verdict,sender_bits_per_second,sender_bytes,receiver_bits_per_second,receiver_bytes,"
                                + "loss_percent,jitter_ms,retransmits,idle_rtt_ms,loaded_rtt_p95_ms,latency_grade,"
                                + "interval_mean_bits_per_second,gaps,"
                                + "node_rssi_dbm,recovery_seconds,value_angle,missed,reason",
                        "7,2,tate,tpc,from_node,quick,90,a,4,x,iperf2,missed,8000,1000,8000,1000,15,0.25,1,0.25,31.5,B,"
                                + "1500000,2,"
                                + "-60.5,7.50,91.5,bitrate >= 100000000,\"received \"\"5\"\", wanted\"");
    }

    /// A hook decides what it prints, and so it comes last.
    @Test
    void aHookTakesNoNameOfAnotherColumn() {
        Measurements plain = FULL.measurements();
        var observed = new Observations(
                ordered(
                        "node_rssi_dbm",
                        "1",
                        "began",
                        "2",
                        "attempt",
                        "3",
                        "parallel",
                        "4",
                        "snr",
                        "5",
                        "far",
                        "1e400"),
                plain.observations().monitors());
        var run = new RunResult(
                FULL.id(),
                1,
                FULL.engine(),
                FULL.time(),
                new Measurements(plain.sender(), plain.receiver(), List.of(), observed, plain.intervals()),
                FULL.verdict());
        List<String> lines = ResultColumns.csv(List.of(run)).lines().toList();

        assertThat(lines.getFirst())
                .endsWith("gaps,node_rssi_dbm,value_node_rssi_dbm,value_began,value_attempt,value_parallel,snr,missed,"
                        + "reason");
        assertThat(lines.getLast()).contains(",2,-60.5,1,2,3,4,5,bitrate");
    }

    @Test
    void aTestWithoutAVariableHasAnEmptyField() {
        RunResult plain = new RunResult(
                new TestId(1, 1, new TestId.Group("quick", FULL.id().group().pair(), Protocol.TCP, ParameterSet.NONE)),
                1,
                null,
                FULL.time(),
                ResultFixtures.nothing(),
                ResultFixtures.passed());

        assertThat(ResultColumns.csv(List.of(FULL, plain)).lines().toList().getLast())
                .isEqualTo("1,1,tate,tpc,from_node,quick,,,,,,passed,,,,,,,,,,,,,,,,,");
    }
}
