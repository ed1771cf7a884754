package dev.pitot.output;

import java.util.function.Consumer;
import java.util.function.Supplier;

/// Memory budget for the data that reporters keep until the end of a test: intervals of a JSON
/// document, lines for a client that requested them. Data that does not fit is left out of the
/// report. Thread-safe.
///
/// A single test may use all of it. Of a shared budget, any test may use the first half. The second
/// half is reserved for tests that keep little, so that a few long tests with many streams do not
/// leave others without a report.
public final class ReportBudget {
    /// Divisor of the heap size: the text of a report is up to twice as large as its data, and up
    /// to four copies of it exist for a short time.
    private static final int PART_OF_HEAP = 12;

    /// Number of small tests that fit into the second half at the same time: as many as a server
    /// runs.
    private static final int SMALL_TESTS = 64;

    private final long bytes;
    private final long littleBytes;
    private final Object making = new Object();
    private final Object writing = new Object();
    private long takenBytes;

    /// Creates a budget for any number of tests: one twelfth of the JVM's maximum heap.
    public ReportBudget() {
        this(partOfHeap());
    }

    /// Creates a budget for any number of tests.
    ///
    /// @param bytes limit of the memory reserved, which is an estimate
    /// @throws IllegalArgumentException if negative
    public ReportBudget(long bytes) {
        this(bytes, bytes / 2 / SMALL_TESTS);
    }

    /// @param littleBytes limit up to which a test may use the second half
    private ReportBudget(long bytes, long littleBytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes negative: " + bytes);
        }
        this.bytes = bytes;
        this.littleBytes = littleBytes;
    }

    /// Creates a budget for a single test: one twelfth of the JVM's maximum heap.
    public static ReportBudget ofOneTest() {
        return ofOneTest(partOfHeap());
    }

    /// Creates a budget for a single test.
    ///
    /// @param bytes limit of the memory reserved, which is an estimate
    /// @throws IllegalArgumentException if negative
    public static ReportBudget ofOneTest(long bytes) {
        return new ReportBudget(bytes, bytes);
    }

    private static long partOfHeap() {
        return Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
    }

    /// Reserves memory, if it is available to a test that holds `heldBytes` already.
    ///
    /// @return true if it was reserved
    public synchronized boolean take(long heldBytes, long moreBytes) {
        long limit = heldBytes + moreBytes <= littleBytes ? bytes : bytes / 2;
        boolean isThere = takenBytes + moreBytes <= limit;
        if (isThere) {
            takenBytes += moreBytes;
        }
        return isThere;
    }

    /// Returns reserved memory.
    public synchronized void giveBack(long someBytes) {
        takenBytes -= someBytes;
    }

    /// Returns the number of bytes reserved now.
    public synchronized long takenBytes() {
        return takenBytes;
    }

    /// Creates the text of a report. Only one is created at a time, since texts are larger than
    /// their data.
    public <T> T make(Supplier<T> report) {
        synchronized (making) {
            return report.get();
        }
    }

    /// Creates the text of a report and writes it. Only one is written at a time, but others may be
    /// created meanwhile, since writing blocks until its reader is done.
    public <T> void write(Supplier<T> report, Consumer<T> target) {
        synchronized (writing) {
            target.accept(make(report));
        }
    }
}
