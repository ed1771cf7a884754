package dev.pitot.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class LinePrinterTest {
    private static final long ROOM = 1_000;
    private static final Duration SHORT = Duration.ofMillis(10);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String LINE = "x".repeat(99); // a hundred bytes with its line feed

    private final Pipe pipe = new Pipe();

    @Test
    void linesOfManyThreadsComeWholeAndInTheOrderOfEach() {
        pipe.resume();
        LinePrinter printer = printer(Backpressure.BLOCK, SHORT);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                String name = "thread " + i + " ";
                threads.execute(() -> {
                    for (int n = 0; n < 50; n++) {
                        print(printer, name + n);
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
        LinePrinter printer = printer(Backpressure.BLOCK, SHORT);
        CompletableFuture<Void> printing = CompletableFuture.runAsync(() -> print(printer, "one"));
        pipe.awaitWriter();

        assertThat(printing).isNotDone();
        pipe.resume();

        printing.get(30, TimeUnit.SECONDS);
        assertThat(pipe.lines()).containsExactly("one");
    }

    @Test
    void linesForWhichThereIsNoRoomAreDroppedAndCounted() throws Exception {
        LinePrinter printer = printer(Backpressure.DROP, SHORT);
        for (int i = 0; i < 10_000; i++) {
            print(printer, LINE);
        }

        assertThat(printer.takeDropped())
                .as("reported when somebody reads again")
                .isZero();
        pipe.resume();
        pipe.awaitLines((int) ROOM / 100);

        assertThat(printer.takeDropped()).isEqualTo(10_000 - ROOM / 100);
        assertThat(printer.takeDropped()).isZero();
        printer.close();
        assertThat(pipe.lines()).hasSize((int) ROOM / 100);
    }

    @Test
    void aLineThatIsLongerThanTheRoomIsWrittenIfNoneWaits() {
        pipe.resume();
        LinePrinter printer = printer(Backpressure.DROP, LONG);

        print(printer, "x".repeat((int) ROOM * 2));

        assertThat(pipe.lines()).hasSize(1);
    }

    @Test
    void linesAreDroppedOnceTheProgramStops() throws Exception {
        LinePrinter printer = printer(Backpressure.BLOCK, SHORT);
        CompletableFuture<Void> printing = CompletableFuture.runAsync(() -> print(printer, "one"));
        pipe.awaitWriter();

        printer.dropUnread();

        printing.get(30, TimeUnit.SECONDS);
        print(printer, "two");
        printer.close();
        assertThat(printer.takeDropped()).isEqualTo(2);
    }

    @Test
    void aLineThatIsPostedWaitsForNobody() throws Exception {
        LinePrinter printer = printer(Backpressure.BLOCK, SHORT);

        printer.post(bytes("one"));

        assertThat(pipe.lines()).isEmpty();
        pipe.resume();
        printer.close();
        assertThat(pipe.lines()).containsExactly("one");
    }

    @Test
    void nobodyWaitsForAStreamThatIsBroken() throws Exception {
        var printer = new LinePrinter(
                new Broken(() -> {
                    throw new IOException("No space left on device");
                }),
                Backpressure.BLOCK,
                ROOM,
                SHORT);

        CompletableFuture.runAsync(() -> print(printer, "one")).get(30, TimeUnit.SECONDS);
        CompletableFuture.runAsync(() -> print(printer, "two")).get(30, TimeUnit.SECONDS);

        assertThat(printer.failure()).isEqualTo("No space left on device");
    }

    @Test
    void norForOneWhoseWriterHasEndedUnexpectedly() throws Exception {
        var printer = new LinePrinter(
                new Broken(() -> {
                    throw new IllegalStateException("a fault, reported on standard error");
                }),
                Backpressure.BLOCK,
                ROOM,
                SHORT);

        CompletableFuture.runAsync(() -> print(printer, "one")).get(30, TimeUnit.SECONDS);
        CompletableFuture.runAsync(() -> print(printer, "two")).get(30, TimeUnit.SECONDS);
        CompletableFuture.runAsync(printer::close).get(30, TimeUnit.SECONDS);

        assertThat(printer.failure()).isEqualTo("unexpected failure");
    }

    private LinePrinter printer(Backpressure backpressure, Duration timeout) {
        return new LinePrinter(pipe, backpressure, ROOM, timeout);
    }

    private static void print(LinePrinter printer, String line) {
        printer.print(bytes(line));
    }

    private static byte[] bytes(String line) {
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// Action of a stream instead of writing.
    private interface Fault {
        void happen() throws IOException;
    }

    /// A stream that rejects all output.
    private static final class Broken extends OutputStream {
        private final Fault fault;

        Broken(Fault fault) {
            this.fault = fault;
        }

        @Override
        public void write(int b) throws IOException {
            fault.happen();
        }
    }

    /// A stream that blocks until its reader reads.
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
            notifyAll();
        }

        synchronized void awaitLines(int count) throws InterruptedException {
            while (lines().size() < count) {
                wait();
            }
        }

        synchronized List<String> lines() {
            return text.toString().lines().toList();
        }
    }
}
