package dev.pitot.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.text.SurrogateEscape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LinePrinterTest {
    private static final long ROOM = 1_000;
    private static final String LINE = "x".repeat(99); // a hundred bytes with its end

    private final Pipe pipe = new Pipe();

    @Test
    void linesOfManyThreadsComeWholeAndInTheOrderOfEach() {
        pipe.resume();
        LinePrinter printer = printer(Backpressure.BLOCK);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                String name = "thread " + i + " ";
                threads.execute(() -> {
                    for (int n = 0; n < 50; n++) {
                        printer.print(name + n);
                    }
                });
            }
        }

        assertThat(pipe.lines()).hasSize(1_000);
        for (int i = 0; i < 20; i++) {
            String name = "thread " + i + " ";
            List<String> own = new ArrayList<>();
            for (int n = 0; n < 50; n++) {
                own.add(name + n);
            }
            assertThat(pipe.lines()).filteredOn(line -> line.startsWith(name)).isEqualTo(own);
        }
    }

    @Test
    void whoeverWaitsForItsReaderWaitsUntilItReads() throws Exception {
        LinePrinter printer = printer(Backpressure.BLOCK);
        CompletableFuture<Void> printing = CompletableFuture.runAsync(() -> printer.print("one"));
        pipe.awaitWriter();

        assertThat(printing).isNotDone();
        pipe.resume();

        printing.get(30, TimeUnit.SECONDS);
        assertThat(pipe.lines()).containsExactly("one");
    }

    @Test
    void whoeverDoesNotWaitLosesWhatFindsNoRoomAndKnowsHowMuch() {
        LinePrinter printer = printer(Backpressure.DROP);
        for (int i = 0; i < 10_000; i++) {
            printer.print(LINE);
        }

        assertThat(printer.takeLost()).as("told when somebody reads again").isZero();
        pipe.resume();
        printer.close();

        assertThat(pipe.lines()).hasSize((int) ROOM / 100);
        assertThat(printer.takeLost()).isEqualTo(10_000 - ROOM / 100);
        assertThat(printer.takeLost()).isZero();
    }

    @Test
    void aLineThatIsLongerThanTheRoomIsWrittenIfNoneWaits() {
        pipe.resume();
        LinePrinter printer = printer(Backpressure.DROP);

        printer.print("x".repeat((int) ROOM * 2));

        assertThat(pipe.lines()).hasSize(1);
    }

    @Test
    void linesAreDroppedOnceTheProgramStops() throws Exception {
        LinePrinter printer = printer(Backpressure.BLOCK);
        CompletableFuture<Void> printing = CompletableFuture.runAsync(() -> printer.print("one"));
        pipe.awaitWriter();

        printer.dropUnread();

        printing.get(30, TimeUnit.SECONDS);
        printer.print("two");
        printer.close();
        assertThat(printer.takeLost()).isEqualTo(2);
    }

    private LinePrinter printer(Backpressure backpressure) {
        return new LinePrinter(pipe, () -> "", SurrogateEscape::encode, backpressure, ROOM, _ -> {});
    }

    /// A stream that takes nothing until its reader reads.
    private static final class Pipe extends OutputStream {
        private final CountDownLatch writing = new CountDownLatch(1);
        private final CountDownLatch reading = new CountDownLatch(1);
        private final StringBuilder text = new StringBuilder(); // guarded by this

        @Override
        public void write(int b) {
            throw new IllegalStateException("lines come whole");
        }

        @Override
        public void write(byte[] line, int from, int length) throws IOException {
            writing.countDown();
            try {
                reading.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            append(new String(line, from, length, StandardCharsets.UTF_8));
        }

        void awaitWriter() throws InterruptedException {
            assertThat(writing.await(30, TimeUnit.SECONDS)).isTrue();
        }

        void resume() {
            reading.countDown();
        }

        private synchronized void append(String more) {
            text.append(more);
        }

        synchronized List<String> lines() {
            return text.toString().lines().toList();
        }
    }
}
