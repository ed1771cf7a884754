package dev.pitot.lab.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.connection.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Somebody on the node who knows the mark must not make us end a process of others.
class ForgedPidTest {
    private static final String MARK = "pitot-watch-1";

    private static Line line(Line.Origin origin, String text) {
        return new Line(Instant.EPOCH, origin, text);
    }

    @Test
    void onlyTheFirstLineOfStandardOutputTellsTheNumber() {
        var pid = new ScriptPid(MARK);

        assertThat(pid.hears(line(Line.Origin.ERR, MARK + " pid 66"))).isFalse();
        assertThat(pid.hears(line(Line.Origin.OUT, MARK + " pid 4711"))).isTrue();
        assertThat(pid.hears(line(Line.Origin.OUT, MARK + " pid 66"))).isFalse();
        assertThat(pid.number()).isEqualTo(4711);
        pid.forget();
        assertThat(pid.hears(line(Line.Origin.OUT, MARK + " pid 66"))).isFalse();
        assertThat(pid.number()).isZero();
    }

    @Test
    void aFirstLineWithAnythingElseTellsNoNumber() {
        for (String first : List.of("", "hello", "x" + MARK + " pid 66", MARK + " pid -6", MARK + " pid")) {
            var pid = new ScriptPid(MARK);
            assertThat(pid.hears(line(Line.Origin.OUT, first))).isFalse();
            assertThat(pid.hears(line(Line.Origin.OUT, MARK + " pid 66"))).isFalse();
            assertThat(pid.number()).isZero();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aLineOfALogEndsNoProcessAndIsKept() throws Exception {
        var connection = new ShellConnection(null);
        Process bystander = new ProcessBuilder("sleep", "60").start();
        try {
            String forged = "echo begun; echo \"$PITOT_MARK pid " + bystander.pid() + "\"; echo \"$PITOT_MARK pid "
                    + bystander.pid() + "\" >&2; echo done; sleep 60";
            try (var bench = new WatchBench(
                    Stations.linux("tate", connection),
                    WatchBench.watch(Watch.Kind.FOLLOW_COMMAND, "sh", "-c", forged))) {
                for (int i = 0;
                        i < 500 && !bench.text("logs/follow_command_tate.log").contains(",done\n");
                        i++) {
                    Waiting.pause(Duration.ofMillis(10));
                }
                bench.stop();
                String mark = connection.started().getFirst().get(3);
                assertThat(bench.text("logs/follow_command_tate.log"))
                        .contains(String.format(Locale.ROOT, ",%s pid %d\n", mark, bystander.pid()));
                assertThat(Stations.markedAfter(mark, Duration.ofSeconds(1))).isEmpty();
            }
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessWithoutTheMarkIsLeftAloneAtTheNode() throws Exception {
        Process bystander = new ProcessBuilder("sleep", "60").start();
        var builder = new ProcessBuilder("sleep", "60");
        builder.environment().put("PITOT_MARK", MARK);
        Process ours = builder.start();
        try {
            end(bystander.pid());
            end(ours.pid());

            assertThat(ours.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly();
            ours.destroyForcibly();
        }
    }

    private static void end(long pid) throws Exception {
        Process end = new ProcessBuilder(NodeScript.end(pid, MARK, "KILL"))
                .inheritIO()
                .start();
        assertThat(end.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(end.exitValue()).isZero();
    }
}
