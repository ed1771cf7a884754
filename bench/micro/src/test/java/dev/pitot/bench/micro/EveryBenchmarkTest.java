package dev.pitot.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class EveryBenchmarkTest {
    private static final Set<String> CLASSES = Set.of(
            "CountersBenchmark",
            "DatagramHeaderBenchmark",
            "IntervalMeterBenchmark",
            "JitterBenchmark",
            "PacerBenchmark",
            "SequenceTrackerBenchmark");

    @Test
    void runsAndHasAResult() throws RunnerException {
        var shortest = new OptionsBuilder()
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(5))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();

        Collection<RunResult> results = new Runner(shortest).run();

        assertThat(results)
                .allSatisfy(result ->
                        assertThat(result.getPrimaryResult().getScore()).isPositive())
                .extracting(EveryBenchmarkTest::className)
                .containsAll(CLASSES);
    }

    private static String className(RunResult result) {
        String method = result.getParams().getBenchmark();
        String type = method.substring(0, method.lastIndexOf('.'));
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
