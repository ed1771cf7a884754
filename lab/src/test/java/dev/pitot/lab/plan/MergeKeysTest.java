package dev.pitot.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.node.ConnectionSettings;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MergeKeysTest {
    private static final String PLAN = """
            definitions:
              pc: &pc {connection: ssh, login: tester, host: pc.example}
              port: &port {port: 23, login: other}
              anything: [1, {2: 3}]
            nodes:
              a: {<<: *pc, host: a.example, address: 10.0.0.1}
              b:
                address: 10.0.0.2
                <<: [*pc, *port]
            traffic_pc: a
            tests: {name: t}
            """;

    @Test
    void ownKeysWinThenThoseThatAreMergedFirst() {
        Plan plan = PlanTexts.plan(PLAN);

        assertThat(PlanTexts.node(plan, "a").connectionSettings())
                .isEqualTo(new ConnectionSettings.Ssh("a.example", "tester", 0, null, List.of()));
        assertThat(PlanTexts.node(plan, "b").connectionSettings())
                .isEqualTo(new ConnectionSettings.Ssh("pc.example", "tester", 23, null, List.of()));
    }

    @Test
    void aMistakeIsWhereItIsWrittenAndToldOnce() {
        assertThat(PlanTexts.complaints(PLAN.replace("login: tester", "lojin: tester")))
                .isEqualTo("p.yaml:2:29: unknown key 'lojin': did you mean 'login'?");
        assertThat(PlanTexts.complaints(PLAN.replace("*pc, host: a", "*nopc, host: a")))
                .startsWith("p.yaml:6:11: ");
    }

    @Test
    void onlyTablesAreMerged() {
        assertThat(PlanTexts.complaints(PLAN.replace("{<<: *pc, host", "{<<: 5, connection: ssh, host")))
                .isEqualTo("p.yaml:6:11: '<<' merges tables: write '<<: *name', or '<<: [*one, *other]'");
        assertThat(PlanTexts.complaints(PLAN.replace("{<<: *pc, host", "{<<: *pc, <<: *port, host")))
                .isEqualTo("p.yaml:6:16: key '<<' is already in line 6");
        assertThat(PlanTexts.complaints(PlanTexts.SMALL + "\"<<\": {repeat: 2}\n"))
                .contains("p.yaml:7:1: unknown key '<<'");
    }

    @Test
    void whatMergesItselfOrGrowsIsRefused() {
        String many = "a0: &a0 {x: 1}\n"
                + IntStream.range(1, 16)
                        .mapToObj(i -> "a" + i + ": &a" + i + " {<<: [*a" + (i - 1) + ", *a" + (i - 1) + ", *a"
                                + (i - 1) + "]}\n")
                        .collect(Collectors.joining());

        assertThat(PlanTexts.complaints("definitions: &a {<<: *a}\n" + PlanTexts.SMALL))
                .isNotEmpty();
        assertThat(PlanTexts.complaints("definitions: &a {<<: [*a, *a]}\n" + PlanTexts.SMALL))
                .contains("no anchor '&a' ends before here");
        assertThat(PlanTexts.complaints(many)).contains("aliases make this plan too large");
    }
}
