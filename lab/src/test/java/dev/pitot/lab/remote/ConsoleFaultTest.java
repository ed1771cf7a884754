package dev.pitot.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.node.NodeTimeouts;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.time.MachineClock;
import dev.pitot.model.time.NanoClock;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Tag("slow")
class ConsoleFaultTest {
    private static final ConsoleTimeouts SHORT =
            new ConsoleTimeouts(Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofSeconds(2));
    /// For a wire that answers at first: as long as a busy machine needs for that.
    private static final ConsoleTimeouts LONG_LOGIN =
            new ConsoleTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(3), Duration.ofSeconds(2));

    private static final ShellContext LINUX = new ShellContext("tate", OperatingSystem.LINUX, Map.of());
    private static final Pattern MARKS = Pattern.compile("echo 'pi''([0-9a-f]+)'(.*)");

    private static ConsoleConnection console(ConsoleTransport.Opener opener, ConsoleTimeouts times) {
        return console(opener, times, new MachineClock());
    }

    private static ConsoleConnection console(ConsoleTransport.Opener opener, ConsoleTimeouts times, NanoClock clock) {
        var settings = new ConsoleShell.Settings(null, null, true, 1_024, clock, times);
        return new ConsoleConnection(LINUX, "serial", opener, settings, InstantSource.system());
    }

    /// A shell that puts marks together and does nothing else.
    private static String answer(String line) {
        Matcher matcher = MARKS.matcher(line);
        if (!matcher.find()) {
            return "# ";
        }
        String mark = "pi" + matcher.group(1);
        return matcher.group(2).isEmpty() ? mark + "\r\n" : mark + "<\r\n" + mark + ">0\r\n";
    }

    private static void assertRefused(ConsoleTimeouts times, Function<String, String> device, String message) {
        var wire = new ScriptedTransport(device);
        long begin = System.nanoTime();
        try (ConsoleConnection console = console(() -> wire, times)) {
            assertThatThrownBy(() -> console.start(List.of("true"), new ConsoleLineRecorder()))
                    .hasMessageStartingWith(message);
        }
        assertThat(wire.isClosed()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void aSilentDeviceIsGivenUp() {
        assertRefused(SHORT, line -> "", "tate (serial) shows no shell within 1 s");
    }

    @Test
    void aShellThatFallsSilentIsGivenUp() {
        assertRefused(
                LONG_LOGIN,
                line -> line.contains("<") ? "" : answer(line),
                "tate (serial) has a shell that does not answer");
        assertRefused(LONG_LOGIN, line -> line.contains("mkdir") ? "" : answer(line), "tate (serial) does not answer");
    }

    @Test
    void aBabblerWithoutAMarkIsGivenUp() {
        assertRefused(SHORT, line -> "x".repeat(100_000), "tate (serial) shows no shell within 1 s");
        assertRefused(
                LONG_LOGIN,
                line -> line.contains("mkdir")
                        ? answer(line).replaceFirst("\r\n.*", "\r\n") + "x".repeat(100_000)
                        : answer(line),
                "tate (serial) does not answer");
    }

    @Test
    void aFolderThatCannotBeMadeIsSaid() {
        assertRefused(
                LONG_LOGIN,
                line -> line.contains("mkdir") ? answer(line).replace(">0", ">1") : answer(line),
                "tate (serial) cannot keep files in /tmp/pitot-");
    }

    @Test
    void garbageBeforeTheShellDoesNoHarm() {
        var wire = new ScriptedTransport(line -> line.contains("mkdir") ? "" : answer(line));
        for (int i = 0; i < 256; i++) {
            wire.show(String.valueOf((char) i));
        }
        try (ConsoleConnection console = console(() -> wire, LONG_LOGIN)) { // so far that it gets to the folder
            assertThatThrownBy(() -> console.start(List.of("true"), new ConsoleLineRecorder()))
                    .hasMessageStartingWith("tate (serial) does not answer");
        }
    }

    @Test
    void looksThatTellNothingEndTheCommand() throws Exception {
        var wire = new ScriptedTransport(ConsoleFaultTest::answer);
        try (ConsoleConnection console = console(() -> wire, LONG_LOGIN);
                RunningCommand running = console.start(List.of("true"), new ConsoleLineRecorder())) {
            assertThat(running.await(ConsoleContract.PATIENCE))
                    .isEqualTo(new CommandEnd.ConnectionLost("tate (serial) does not answer any more: check the line"));
        }
        assertThat(wire.isClosed()).isTrue();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFolderThatIsGoneDoesNotEndOtherCommands() throws Exception {
        try (ConsoleConnection console = console(PipedTransport::new, ConsoleTimeouts.DEFAULT);
                ConsoleContract.Server server = ConsoleContract.server(console, false)) {
            Path elsewhere = server.folder().resolveSibling("pitot-moved-" + server.pid());
            Files.move(server.folder(), elsewhere);

            assertThatThrownBy(() -> console.start(List.of("true"), new ConsoleLineRecorder()))
                    .hasMessageStartingWith("tate (serial) cannot keep files in " + server.folder());

            Files.move(elsewhere, server.folder());
            assertThat(ConsoleContract.run(console, 0, "kill", String.valueOf(server.pid()))
                            .texts(OutputLine.Origin.ERR))
                    .isEmpty();
            assertThat(server.running().await(ConsoleContract.PATIENCE)).isEqualTo(new CommandEnd.Exited(128 + 15));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aStartThatIsInterruptedDoesNotEndOtherCommands() throws Exception {
        var toInterrupt = new AtomicReference<@Nullable Thread>();
        var time = new MachineClock();
        NanoClock clock = () -> { // read when a question begins
            if (toInterrupt.compareAndSet(Thread.currentThread(), null)) {
                Thread.currentThread().interrupt();
            }
            return time.nanoTime();
        };
        try (ConsoleConnection console = console(PipedTransport::new, ConsoleTimeouts.DEFAULT, clock);
                ConsoleContract.Server server = ConsoleContract.server(console, false)) {
            toInterrupt.set(Thread.currentThread());

            assertThatThrownBy(() -> console.start(List.of("true"), new ConsoleLineRecorder()))
                    .hasMessage("tate (serial) was interrupted while a command was started");

            assertThat(Thread.interrupted()).isTrue();
            ConsoleContract.run(console, 0, "kill", String.valueOf(server.pid()));
            assertThat(server.running().await(ConsoleContract.PATIENCE)).isEqualTo(new CommandEnd.Exited(128 + 15));
        }
    }

    @Test
    void aDeafDeviceIsLeftWithinASecond() throws Exception {
        var wire = new ScriptedTransport(
                line -> line.contains("pitot_part /") || line.contains("rm -rf") ? "" : answer(line));
        ConsoleConnection console = console(() -> wire, ConsoleTimeouts.DEFAULT);
        RunningCommand running = console.start(List.of("true"), new ConsoleLineRecorder());
        assertThat(running.await(Duration.ofMillis(200))).isNull(); // it is being asked
        long begin = System.nanoTime();

        console.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(running.await(Duration.ZERO)).isEqualTo(new CommandEnd.Abandoned());
        assertThat(wire.isClosed()).isTrue();
    }

    @Test
    void onlyAPosixShellWillDo() {
        var settings = new ConsoleShell.Settings(null, null, false, 1_024, new MachineClock(), SHORT);
        try (var console = new ConsoleConnection(
                new ShellContext("tate", OperatingSystem.WINDOWS, Map.of()),
                "serial",
                () -> new ScriptedTransport(line -> ""),
                settings,
                InstantSource.system())) {
            assertThatThrownBy(() -> console.start(List.of("true"), new ConsoleLineRecorder()))
                    .hasMessage(
                            "tate (serial) cannot be used by a console: only systems with a POSIX shell can, so use ssh");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aLineOfTheKernelIsHeardApart() throws Exception {
        var heard = new ConsoleLineRecorder();
        try (ConsoleConnection console = console(PipedTransport::new, ConsoleTimeouts.DEFAULT);
                RunningCommand running = console.start(List.of("printf", "one\\nwed%s\\n", "ge"), heard)) {
            assertThat(running.await(ConsoleContract.PATIENCE)).isEqualTo(new CommandEnd.Exited(0));
        }
        assertThat(heard.texts(OutputLine.Origin.OUT)).containsExactly("one", "wedge");
        assertThat(heard.texts(OutputLine.Origin.ERR)).containsExactly("[    1.5] usb 1-1: disconnected");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void variablesOfAPlanAreTheCommandsOnly() throws Exception {
        var variables = new ShellContext("tate", OperatingSystem.LINUX, Map.of("PATH", "/opt/my bin", "LANG", "C"));
        var settings = new ConsoleShell.Settings(null, null, true, 1_024, new MachineClock(), ConsoleTimeouts.DEFAULT);
        try (var console =
                new ConsoleConnection(variables, "serial", PipedTransport::new, settings, InstantSource.system())) {
            assertThat(ConsoleContract.run(console, 0, "sh", "-c", "echo \"$LANG $PATH\"")
                            .texts(OutputLine.Origin.OUT)
                            .getFirst())
                    .startsWith("C /opt/my bin:/");
        }
    }

    @Test
    void aLineThatGotInIsFoundWhereItIs() {
        assertThat(ConsoleConnection.inserted("one\ntw[ 1.5] usb: gone\no\n", "one\ntwo\n"))
                .containsExactly("[ 1.5] usb: gone");
        assertThat(ConsoleConnection.inserted("one\n", "one\n")).isEmpty();
        assertThat(ConsoleConnection.inserted("xoneyz", "one")).isEmpty();
    }

    /// A line of 115200 baud: what was written at once needs seconds to arrive.
    @Test
    @EnabledOnOs(OS.LINUX)
    void outputThatArrivesSlowlyArrivesWhole() throws Exception {
        var heard = new ConsoleLineRecorder();
        ConsoleTransport.Opener slow = () -> new PipedTransport(input -> new Throttled(input, 11_520));
        var settings = new ConsoleShell.Settings(null, null, true, 11_520, new MachineClock(), ConsoleTimeouts.DEFAULT);
        try (var console = new ConsoleConnection(LINUX, "serial", slow, settings, InstantSource.system());
                RunningCommand running = console.start(List.of("seq", "-f", "%09.0f", "6000"), heard)) {
            Duration longest = Duration.ZERO;
            CommandEnd end = null;
            for (int i = 0; i < 1_000 && end == null; i++) {
                end = running.await(Duration.ofMillis(100));
                Duration silence = running.silence();
                longest = end == null && silence.compareTo(longest) > 0 ? silence : longest;
            }

            assertThat(end).isEqualTo(new CommandEnd.Exited(0));
            assertThat(heard.texts(OutputLine.Origin.OUT)).hasSize(6_000).endsWith("000006000");
            assertThat(longest).isLessThan(NodeTimeouts.DEFAULT.report());
        }
    }

    /// A terminal server's line of 9600 baud: a piece needs longer than an answer may be silent.
    @Test
    @EnabledOnOs(OS.LINUX)
    void aPieceMayNeedLongerThanAnAnswerMayBeSilent() throws Exception {
        ConsoleTransport.Opener slow = () -> new PipedTransport(input -> new Throttled(input, 960));
        var times = new ConsoleTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(30));
        var settings = new ConsoleShell.Settings(null, null, true, 16_384, new MachineClock(), times);
        try (var console = new ConsoleConnection(LINUX, "telnet", slow, settings, InstantSource.system())) {
            assertThat(ConsoleContract.run(console, 0, "seq", "-f", "%09.0f", "1000")
                            .texts(OutputLine.Origin.OUT))
                    .hasSize(1_000)
                    .endsWith("000001000");
        }
    }

    /// A shell without a terminal, and a kernel that speaks up once, in the middle of a word.
    private static final class PipedTransport implements ConsoleTransport {
        private final Process shell;
        private final InputStream input;

        PipedTransport() throws IOException {
            this(Disturbed::new);
        }

        PipedTransport(UnaryOperator<InputStream> way) throws IOException {
            shell = new ProcessBuilder("sh").redirectErrorStream(true).start();
            input = way.apply(shell.getInputStream());
        }

        @Override
        public InputStream input() {
            return input;
        }

        @Override
        public OutputStream output() {
            return shell.getOutputStream();
        }

        @Override
        public void close() {
            shell.destroyForcibly();
        }
    }

    @SuppressWarnings("InputStreamSlowMultibyteRead") // it is read byte by byte
    private static final class Throttled extends FilterInputStream {
        private final int bytesPerSecond;
        private final long begin = System.nanoTime();
        private long freeAtNanos;

        Throttled(InputStream input, int bytesPerSecond) {
            super(input);
            this.bytesPerSecond = bytesPerSecond;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            long now = System.nanoTime() - begin;
            freeAtNanos = Math.max(now, freeAtNanos) + 1_000_000_000L / bytesPerSecond;
            if (freeAtNanos - now > 10_000_000L) {
                LockSupport.parkNanos(freeAtNanos - now);
            }
            return next;
        }
    }

    @SuppressWarnings("InputStreamSlowMultibyteRead") // it is read byte by byte
    private static final class Disturbed extends FilterInputStream {
        private static final String WORD = "wedg";
        private static final String MESSAGE = "[    1.5] usb 1-1: disconnected\n";
        private int matched;
        private int told;

        Disturbed(InputStream input) {
            super(input);
        }

        @Override
        public int read() throws IOException {
            if (matched == WORD.length() && told < MESSAGE.length()) {
                return MESSAGE.charAt(told++);
            }
            int next = super.read();
            if (matched < WORD.length()) {
                matched = next == WORD.charAt(matched) ? matched + 1 : 0;
            }
            return next;
        }
    }
}
