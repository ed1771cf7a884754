package dev.pitot.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pitot.lab.measurement.LocalNodes;
import dev.pitot.testkit.Awaiter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalConnectionTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(5);

    private final LocalConnection here = new LocalConnection("pc", Map.of(), InstantSource.fixed(NOON));
    private final LineRecorder heard = new LineRecorder();

    @AfterEach
    void close() {
        here.close();
    }

    @Test
    void tellsLinesOfBothOutputsAndTheExitCode() throws Exception {
        RunningCommand command = shell("echo out; echo err >&2; exit 3");

        assertThat(command.await(LineRecorder.PATIENCE)).isEqualTo(new CommandEnd.Exited(3));
        assertThat(heard.texts(OutputLine.Origin.OUT)).containsExactly("out");
        assertThat(heard.texts(OutputLine.Origin.ERR)).containsExactly("err");
        assertThat(heard.next().arrival()).isEqualTo(NOON);
    }

    @Test
    void passesArgumentsAsTheyAre() throws Exception {
        RunningCommand command = here.start(List.of("printf", "%s|", "a b", "$HOME", "'", ""), heard);

        assertThat(command.await(LineRecorder.PATIENCE)).isEqualTo(new CommandEnd.Exited(0));
        assertThat(heard.texts()).containsExactly("a b|$HOME|'||");
    }

    @Test
    void commandsHaveTheLocaleThatTheLauncherFound() {
        var launched = new HashMap<>(Map.of("LC_ALL", "C.UTF-8", "PITOT_LC_ALL", "de_DE.UTF-8"));
        var launchedWithout = new HashMap<>(Map.of("LC_ALL", "C.UTF-8", "PITOT_LC_ALL", ""));
        var other = new HashMap<>(Map.of("LC_ALL", "C"));

        LocalConnection.restoreLocale(launched);
        LocalConnection.restoreLocale(launchedWithout);
        LocalConnection.restoreLocale(other);

        assertThat(launched).isEqualTo(Map.of("LC_ALL", "de_DE.UTF-8"));
        assertThat(launchedWithout).isEmpty();
        assertThat(other).isEqualTo(Map.of("LC_ALL", "C"));
    }

    @Test
    void givesNothingOnStandardInput() throws Exception {
        assertThat(here.start(List.of("cat"), heard).await(LineRecorder.PATIENCE))
                .isEqualTo(new CommandEnd.Exited(0));
    }

    @Test
    void aSignalCountsAsInAShell() throws Exception {
        assertThat(shell("kill -TERM $$").await(LineRecorder.PATIENCE)).isEqualTo(new CommandEnd.Exited(143));
    }

    @Test
    void hearsAMebibyteWithoutANewline() throws Exception {
        RunningCommand command = shell("head -c 1048580 /dev/zero | tr '\\0' x");

        assertThat(command.await(LineRecorder.PATIENCE)).isEqualTo(new CommandEnd.Exited(0));
        assertThat(heard.texts()).extracting(String::length).containsExactly(OutputLine.MAX_CHARACTERS, 4);
    }

    @Test
    void aListenerThatThrowsStopsNothing() throws Exception {
        var count = new AtomicInteger();
        RunningCommand command = here.start(List.of("sh", "-c", "echo a; echo b; exit 4"), _ -> {
            count.incrementAndGet();
            throw new IllegalStateException("on purpose");
        });

        assertThat(command.await(LineRecorder.PATIENCE)).isEqualTo(new CommandEnd.Exited(4));
        assertThat(count).hasValue(2);
    }

    @Test
    void theEndWaitsForASlowListener() throws Exception {
        var mayGoOn = new CountDownLatch(1);
        var count = new AtomicInteger();
        RunningCommand command = here.start(List.of("sh", "-c", "echo a; echo b; echo c"), _ -> {
            await(mayGoOn);
            count.incrementAndGet();
        });
        assertThat(command.await(Duration.ofMillis(700))).isNull();

        mayGoOn.countDown();

        assertThat(command.await(LineRecorder.PATIENCE)).isEqualTo(new CommandEnd.Exited(0));
        assertThat(count).hasValue(3);
    }

    @Test
    void aGrandchildThatHoldsTheOutputsOpenIsNotWaitedFor() throws Exception {
        RunningCommand command = shell("sleep 40 & echo up");

        assertThat(command.await(Duration.ofSeconds(30))).isEqualTo(new CommandEnd.Exited(0));
        assertThat(heard.texts()).containsExactly("up");
    }

    @Test
    void isNotWaitedForLongerThanThePatience() throws Exception {
        assertThat(shell("exec sleep 20").await(Duration.ofMillis(50))).isNull();
    }

    @Test
    void letsACommandGoThatIgnoresBeingAsked() throws Exception {
        RunningCommand command = shell("trap '' TERM; echo $$; while :; do sleep 0.1; done");
        long pid = Long.parseLong(heard.next().text());
        long before = System.nanoTime();

        command.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
        assertThat(command.await(Duration.ZERO)).isEqualTo(new CommandEnd.Abandoned());
        Awaiter.await(() -> ProcessHandle.of(pid).isEmpty());
    }

    @Test
    void closingLetsAllCommandsGoTogetherWithWhatTheyStarted() throws Exception {
        RunningCommand first = shell("sleep 30 & echo $!; wait");
        RunningCommand second = shell("echo ready; exec sleep 30");
        List<String> said = List.of(heard.next().text(), heard.next().text());
        long before = System.nanoTime();

        here.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
        assertThat(first.await(Duration.ZERO)).isEqualTo(new CommandEnd.Abandoned());
        assertThat(second.await(Duration.ZERO)).isEqualTo(new CommandEnd.Abandoned());
        long grandchild = said.stream()
                .filter(text -> !text.equals("ready"))
                .mapToLong(Long::parseLong)
                .sum();
        // it has its signal, and nobody here waits for it; what nobody has buried yet has no program
        Awaiter.await(() -> ProcessHandle.of(grandchild)
                .flatMap(process -> process.info().command())
                .isEmpty());
        assertThatExceptionOfType(ConnectionException.class)
                .isThrownBy(() -> shell("true"))
                .withMessage("pc (this machine): the connection was closed; open a new one");
    }

    /// What a shell starts between a look at its children and its end would go on for good.
    @Test
    void aCommandThatStartsOthersAllTheTimeIsEndedTogetherWithAllOfThem() throws Exception {
        String child = "sleep 600." + ProcessHandle.current().pid();
        for (int attempt = 0; attempt < 20; attempt++) {
            RunningCommand command = shell("echo up; i=0; while [ $i -lt 500 ]; do (" + child
                    + " & wait) & sleep 0.001; i=$((i + 1)); done; wait");
            heard.next();
            if (attempt % 2 == 1) { // as a stop does
                Thread.currentThread().interrupt();
            }

            command.close();

            assertThat(Thread.interrupted()).isEqualTo(attempt % 2 == 1);
            Awaiter.await(() -> LocalNodes.processes(child).isEmpty());
        }
    }

    @Test
    void namesAProgramThatIsMissing() {
        assertThatExceptionOfType(ConnectionException.class)
                .isThrownBy(() -> here.start(List.of("no-such-program"), heard))
                .withMessage(
                        "pc (this machine): cannot start no-such-program; install it, or give its path in the plan");
    }

    @Test
    void putsPathsBeforeThoseThatAreThere(@TempDir Path folder) throws Exception {
        Path program = Files.writeString(folder.resolve("measure"), "#!/bin/sh\nprintf '%s|' \"$PATH\" \"$COLOUR\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        try (var with = new LocalConnection(
                "pc", Map.of("PATH", folder.toString(), "COLOUR", "blue"), InstantSource.system())) {
            RunningCommand command = with.start(List.of("measure"), heard);

            assertThat(command.await(LineRecorder.PATIENCE)).isEqualTo(new CommandEnd.Exited(0));
            assertThat(heard.next().text())
                    .startsWith(folder + ":")
                    .endsWith("|blue|")
                    .contains("/bin");
        }
    }

    @Test
    void refusesWhatIsNoNameOfAVariable() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LocalConnection("pc", Map.of("A=B;", "c"), InstantSource.system()))
                .withMessage("not the name of a variable: A=B;");
    }

    private RunningCommand shell(String script) throws ConnectionException {
        return here.start(List.of("sh", "-c", script), heard);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
