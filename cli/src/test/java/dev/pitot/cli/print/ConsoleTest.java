package dev.pitot.cli.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.command.OutputOptions;
import dev.pitot.command.OutputOptions.Detail;
import dev.pitot.command.OutputOptions.Form;
import dev.pitot.command.OutputOptions.LinePrefix;
import dev.pitot.command.OutputOptions.Notices;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ConsoleTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T04:07:18Z"), ZoneOffset.UTC);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void printsLinesAsTheyAre() throws IOException {
        print(options(Form.TEXT, new LinePrefix(null, null), null));

        assertThat(text(out)).isEqualTo("normal\n");
        assertThat(text(err)).isEqualTo("warning: careful\nwrong\n");
    }

    @Test
    void putsTimeAndTitleBeforeNormalLinesAndTimeAloneBeforeErrors() throws IOException {
        print(options(Form.TEXT, new LinePrefix("%c ", "My title"), null));

        assertThat(text(out)).isEqualTo("Sat Nov 21 04:07:18 2026 My title:  normal\n");
        assertThat(text(err)).endsWith("Sat Nov 21 04:07:18 2026 wrong\n");
    }

    @Test
    void noticesGoBareToTheStreamOnWhichIperfHasThem() throws IOException {
        OutputOptions options = options(Form.TEXT, new LinePrefix("%c ", "My title"), null);
        try (var console = new Console(terminal(out), options, Backpressure.BLOCK)) {
            console.warn(new Notices(List.of("Warning:  old"), List.of()));
        }

        assertThat(text(out)).isEqualTo("Warning:  old\n");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void keepsJsonFreeOfPrefixes() throws IOException {
        print(options(Form.JSON_STREAM, new LinePrefix("%c ", "My title"), null));

        assertThat(text(out)).isEqualTo("normal\n");
    }

    @Test
    void appendsEverythingToTheLogFile() throws IOException {
        Path log = folder.resolve("log");
        Files.writeString(log, "before\n");

        print(options(Form.TEXT, new LinePrefix(null, null), log.toString()));

        assertThat(log).hasContent("before\nwarning: careful\nnormal\nwrong\n");
        assertThat(text(out) + text(err)).isEmpty();
    }

    @Test
    void linesOfBothKindsComeWholeToTheLogFile() throws Exception {
        Path log = folder.resolve("log");
        String document = "x".repeat(1024 * 1024);
        OutputOptions options = options(Form.JSON, new LinePrefix(null, null), log.toString());
        try (var console = new Console(terminal(out), options, Backpressure.BLOCK)) {
            CompletableFuture<Void> documents = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 10; i++) {
                    console.out().print(document);
                }
            });
            while (!documents.isDone()) {
                console.err().print("wrong");
            }
            documents.get();
        }

        try (Stream<String> lines = Files.lines(log)) {
            assertThat(lines.filter(line -> !line.equals("wrong")).mapToInt(String::length))
                    .hasSize(10)
                    .containsOnly(document.length());
        }
    }

    @Test
    void saysWhyALogFileCannotBeOpened() {
        var options = options(
                Form.TEXT, new LinePrefix(null, null), folder.resolve("no/log").toString());

        assertThatThrownBy(() -> print(options))
                .isInstanceOf(IOException.class)
                .hasMessage("error - unable to open log file: No such file or directory");
    }

    @Test
    void aReaderWhoGoesIsToldOnceAndIsNoFailure() throws IOException {
        List<String> told = new ArrayList<>();
        try (var console = new Console(
                terminal(new Failing("Broken pipe")),
                options(Form.TEXT, new LinePrefix(null, null), null),
                Backpressure.BLOCK)) {
            console.onBroken(() -> told.add("early"));

            console.out().print("one");
            console.out().print("two");
            console.err().print("three");
            console.onBroken(() -> told.add("late"));

            assertThat(console.isBroken()).isTrue();
            assertThat(console.isUnwritable()).isFalse();
        }
        assertThat(told).containsExactly("early", "late");
        assertThat(text(err)).isEqualTo("three\n"); // a failure of the test is still one
    }

    @Test
    void aFullDiskIsAFailureThatIsSaidOnce() throws IOException {
        Terminal terminal = terminal(new Failing("No space left on device"));
        try (var console =
                new Console(terminal, options(Form.TEXT, new LinePrefix(null, null), null), Backpressure.BLOCK)) {
            console.out().print("one");
            console.out().print("two");

            assertThat(console.isUnwritable()).isTrue();
        }
        assertThat(text(err)).isEqualTo("iperf3: error - unable to write output: No space left on device\n");
    }

    @Test
    void aFullDiskKeepsNobodyWaitingWhenErrorsAreNotReadEither() throws Exception {
        var isRead = new CountDownLatch(1);
        var unread = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                try {
                    isRead.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                err.write(b);
            }
        };
        var terminal = new Terminal(
                InputStream.nullInputStream(), new Failing("No space left on device"), unread, false, CLOCK);
        try (var console =
                new Console(terminal, options(Form.TEXT, new LinePrefix(null, null), null), Backpressure.BLOCK)) {
            CompletableFuture.runAsync(() -> console.out().print("one")).get(30, TimeUnit.SECONDS);

            assertThat(console.isUnwritable()).isTrue();
            isRead.countDown();
        }
        assertThat(text(err)).isEqualTo("iperf3: error - unable to write output: No space left on device\n");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aLogFileOnAFullDiskIsReportedOnStandardError() throws IOException {
        print(options(Form.TEXT, new LinePrefix(null, null), "/dev/full"));

        assertThat(text(out)).isEmpty();
        assertThat(text(err)).isEqualTo("iperf3: error - unable to write output: No space left on device\n");
    }

    @Test
    void bytesThatAreNotUtf8PassThroughTextAndNotThroughJson() throws IOException {
        for (Form form : List.of(Form.TEXT, Form.JSON)) {
            try (var console =
                    new Console(terminal(out), options(form, new LinePrefix(null, null), null), Backpressure.BLOCK)) {
                console.out().print("L\udce4tin ü");
            }
        }

        assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo("L\u00e4tin Ã¼\nL?tin Ã¼\n");
    }

    private void print(OutputOptions options) throws IOException {
        try (var console = new Console(terminal(out), options, Backpressure.BLOCK)) {
            console.warn(new Notices(List.of(), List.of("warning: careful")));
            console.out().print("normal");
            console.err().print("wrong");
        }
    }

    private Terminal terminal(OutputStream normal) {
        return new Terminal(InputStream.nullInputStream(), normal, err, false, CLOCK);
    }

    private static OutputOptions options(Form form, LinePrefix prefix, @Nullable String logFile) {
        return new OutputOptions(form, new Detail(false, 0, Detail.ADAPTIVE_UNIT, true), prefix, logFile, Notices.NONE);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// A stream that rejects all output.
    private static final class Failing extends OutputStream {
        private final String reason;

        Failing(String reason) {
            this.reason = reason;
        }

        @Override
        public void write(int b) throws IOException {
            throw new IOException(reason);
        }
    }
}
