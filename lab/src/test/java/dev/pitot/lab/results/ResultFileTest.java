package dev.pitot.lab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {
    @TempDir
    private Path folder;

    @Test
    void aLineIsThereAsSoonAsItIsWritten() throws IOException {
        var files = new FileAllocator(folder, FileAllocator.FileOpener.ON_DISK);
        try (ResultFile file = files.make("a/b.txt")) {
            file.line("größer");

            assertThat(folder.resolve("a/b.txt")).hasContent("größer\n");
            assertThat(file.name()).isEqualTo("a/b.txt");
            assertThat(file.fault()).isNull();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskEndsTheFileWithOneSentence() throws IOException {
        var file = new ResultFile("raw_iperf/a.iperf", new FileOutputStream("/dev/full"), () -> {}, _ -> {});
        file.line("1");
        file.line("2");
        file.close();

        assertThat(file.fault())
                .hasMessage("raw_iperf/a.iperf could not be written (No space left on device): what came after is not"
                        + " in it. Make room, then run the test again.");
    }

    @Test
    void afterAnErrorNothingMoreIsWritten() {
        var kept = new ByteArrayOutputStream();
        var file = new ResultFile("a", new FullAfter(kept, 5), () -> {}, _ -> {});
        file.line("1234");
        file.line("5678");
        file.line("");
        file.close();

        assertThat(kept.toString(StandardCharsets.UTF_8)).isEqualTo("1234\n");
        assertThat(file.fault()).hasMessageStartingWith("a could not be written (full)");
    }

    @Test
    void anErrorOnClosingIsToldToo() {
        var file = new ResultFile("a", new FullOnClose(), () -> {}, _ -> {});
        file.close();

        assertThat(file.fault()).hasMessageStartingWith("a could not be written (quota)");
    }

    @Test
    void closingTwiceAndWritingAfterwardsDoesNothing() throws IOException {
        var closings = new AtomicInteger();
        var file = new ResultFile("a", Files.newOutputStream(folder.resolve("a")), closings::incrementAndGet, _ -> {});
        file.line("1");
        file.close();
        file.close();
        file.line("2");

        assertThat(folder.resolve("a")).hasContent("1\n");
        assertThat(closings).hasValue(1);
        assertThat(file.fault()).isNull();
    }

    @Test
    void aFileThatCannotBeMadeTakesLinesAndSaysWhy() throws IOException {
        Files.createFile(folder.resolve("raw"));
        var files = new FileAllocator(folder, FileAllocator.FileOpener.ON_DISK);
        ResultFile file = files.make("raw");

        assertThatCode(() -> file.line("1")).doesNotThrowAnyException();
        assertThat(file.fault())
                .hasMessage("raw could not be made (File exists): nothing is kept in it. Check the place for results.");
        assertThat(files.make("raw/below").fault()).hasMessageStartingWith("raw/below could not be made");
        assertThat(folder.resolve("raw")).isEmptyFile();
    }

    @Test
    void filesOfTheSameNameAreNumbered() {
        var files = new FileAllocator(folder, FileAllocator.FileOpener.ON_DISK);
        List<String> names = IntStream.range(0, 3)
                .mapToObj(_ -> files.makeNumbered("raw", "a", ".iperf"))
                .map(ResultFile::name)
                .toList();

        assertThat(names).containsExactly("raw/a.iperf", "raw/a_002.iperf", "raw/a_003.iperf");
    }

    @Test
    void openFilesAreBounded() {
        var files = new FileAllocator(folder, (_, _) -> OutputStream.nullOutputStream());
        List<ResultFile> open = new ArrayList<>();
        for (int i = 0; i < FileAllocator.MAX_OPEN; i++) {
            open.add(files.make("f" + i));
        }
        String refused = String.valueOf(files.make("one_more").fault());
        open.getFirst().close();

        assertThat(refused).contains("one_more could not be made (more than 480 files are open)");
        assertThat(files.make("after").fault()).isNull();
    }

    @Test
    void linesOfSeveralThreadsDoNotMix() throws IOException, InterruptedException {
        var files = new FileAllocator(folder, FileAllocator.FileOpener.ON_DISK);
        ResultFile file = files.make("a");
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    for (int line = 0; line < 200; line++) {
                        file.line(String.valueOf(i).repeat(50));
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        file.close();

        assertThat(Files.readAllLines(folder.resolve("a")))
                .hasSize(800)
                .allMatch(line -> line.matches("0{50}|1{50}|2{50}|3{50}"));
    }

    /// Takes so many bytes.
    private static final class FullAfter extends OutputStream {
        private final OutputStream kept;
        private int room;

        FullAfter(OutputStream kept, int room) {
            this.kept = kept;
            this.room = room;
        }

        @Override
        public void write(int b) throws IOException {
            if (room == 0) {
                throw new IOException("full");
            }
            room--;
            kept.write(b);
        }
    }

    private static final class FullOnClose extends OutputStream {
        @Override
        public void write(int b) {}

        @Override
        public void close() throws IOException {
            throw new IOException("quota");
        }
    }
}
