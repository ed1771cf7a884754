package dev.pitot.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.PlanException;
import dev.pitot.lab.plan.PlanFolders;
import dev.pitot.lab.plan.PlanReader;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnlyTestsTest {
    private static final String PLAN = """
            nodes:
              tpc: {connection: local, address: 127.0.0.1}
              tate: {connection: local, address: 127.0.0.1}
              muir: {connection: local, address: 127.0.0.1}
            traffic_pc: tpc
            directions: to
            tests:
              - {name: tcp, sweep: {parallel: [1, 4]}}
              - {name: udp.1, options: {udp: true}}
            """;

    /// Numbers: tate has 1 (tcp, parallel 1), 2 (tcp, parallel 4), 3 (udp.1), muir has 4, 5, 6.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tcp                     | 1 2 4 5
            udp*                    | 3 6
            udp?1                   | ''
            */muir                  | 4 5 6
            tcp/tate/parallel_4     | 2
            tcp/*/parallel=4        | 2 5
            */*/parallel*           | 1 2 4 5
            */tate/parallel=4,parallel_4 | 2
            */tate/parallel=4,parallel=1 | ''
            */*/*                   | 1 2 3 4 5 6
            */tate/                 | 1 2 3
            none                    | ''
            """)
    void patternsChooseTests(String pattern, String numbers) throws PlanException {
        Plan plan = PlanReader.read("plan.yaml", PLAN, new PlanFolders(Path.of(""), Path.of("")));

        assertThat(ResumedPlan.of(plan, new OnlyTests(List.of(pattern))).cases())
                .extracting(test -> String.valueOf(test.number()))
                .containsExactly(numbers.isEmpty() ? new String[0] : numbers.split(" "));
    }

    @Test
    void severalPatternsAddUpAndNoneIsAll() throws PlanException {
        Plan plan = PlanReader.read("plan.yaml", PLAN, new PlanFolders(Path.of(""), Path.of("")));

        assertThat(ResumedPlan.of(plan, new OnlyTests(List.of("udp*", "*/muir")))
                        .cases())
                .hasSize(4);
        assertThat(ResumedPlan.of(plan, new OnlyTests(List.of())).cases()).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tpc                 | : did you mean 'tcp'?
            tcp/tata            | : did you mean 'tcp/tate'?
            tpc/tata/paralel_4  | : did you mean 'tcp/tate/parallel_4'?
            */muir/parallel=44  | : did you mean '*/muir/parallel=4'?
            udp*/*/parallel=4   | : 'parallel=4' is none of its values: it has none
            zzz                 | : 'zzz' is none of tcp, udp.1
            tcp/zzz             | : 'zzz' is none of tate, muir
            tcp/tate/angle=9    | : 'angle=9' is none of parallel_1, parallel=1, parallel_4, parallel=4
            /                   | : '' is none of tcp, udp.1
            tcp                 |
            """)
    void aPatternThatChoosesNothingIsToldWithWhatMayHaveBeenMeant(String pattern, @Nullable String rest)
            throws PlanException {
        Plan plan = PlanReader.read("plan.yaml", PLAN, new PlanFolders(Path.of(""), Path.of("")));
        List<String> told = new OnlyTests(List.of("udp*", pattern)).unmatched(plan.cases());

        assertThat(told)
                .isEqualTo(rest == null ? List.of() : List.of("no test matches --only '" + pattern + "'" + rest));
    }

    @Test
    void aPatternOfFourPartsIsRefused() {
        assertThatThrownBy(() -> new OnlyTests(List.of("a/b/c/d")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("invalid value 'a/b/c/d' for --only: TEST/NODE/TAG is needed, such as 'tcp/*/angle_90'");
    }
}
