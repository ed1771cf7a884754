package dev.pitot.output;

import java.util.function.Consumer;
import java.util.function.Supplier;

/// Memory for what reporters keep until the end of a test: intervals of a JSON document, lines for
/// a client that asked for them. What does not fit is left out of the report. Safe for any thread.
///
/// One test has all of it. Of what several tests share, the first half is for those that begin
/// first. The second is for those that keep little, so that a few long tests of many streams do not
/// leave others without a report; a test that keeps more gives way to them.
public final class ReportBudget {
    /// The text of a report is up to twice as large as what it is made from, and there are up to four
    /// copies of it for a moment.
    private static final int PART_OF_HEAP = 12;

    /// Tests that can keep little at the same time: as many as a server runs.
    private static final int SMALL_TESTS = 64;

    private final long bytes;
    private final long littleBytes;
    private final Object making = new Object();
    private final Object writing = new Object();
    private long takenBytes;

    /// For any number of tests: a twelfth of what the JVM's heap may grow to.
    public ReportBudget() {
        this(partOfHeap());
    }

    /// For any number of tests, so many bytes by estimate.
    ///
    /// @throws IllegalArgumentException if negative
    public ReportBudget(long bytes) {
        this(bytes, bytes / 2 / SMALL_TESTS);
    }

    /// @param littleBytes up to which a test may keep what half of all bytes have no room for
    private ReportBudget(long bytes, long littleBytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes negative: " + bytes);
        }
        this.bytes = bytes;
        this.littleBytes = littleBytes;
    }

    /// For a test that shares it with no other: a twelfth of what the JVM's heap may grow to.
    public static ReportBudget ofOneTest() {
        return ofOneTest(partOfHeap());
    }

    /// For a test that shares it with no other, so many bytes by estimate.
    ///
    /// @throws IllegalArgumentException if negative
    public static ReportBudget ofOneTest(long bytes) {
        return new ReportBudget(bytes, bytes);
    }

    private static long partOfHeap() {
        return Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
    }

    /// Takes some of it, if it is there for a test that holds so much already.
    ///
    /// @return whether it was taken
    public synchronized boolean take(long heldBytes, long moreBytes) {
        long limit = heldBytes + moreBytes <= littleBytes ? bytes : bytes / 2;
        boolean isThere = takenBytes + moreBytes <= limit;
        if (isThere) {
            takenBytes += moreBytes;
        }
        return isThere;
    }

    /// Gives back what was taken.
    public synchronized void giveBack(long someBytes) {
        takenBytes -= someBytes;
    }

    /// How much is taken now.
    public synchronized long takenBytes() {
        return takenBytes;
    }

    /// Makes the text of a report: one after the other, since texts are larger than what they are
    /// made from.
    public <T> T make(Supplier<T> report) {
        synchronized (making) {
            return report.get();
        }
    }

    /// Makes the text of a report and writes it: one after the other too, but other texts are made
    /// while it is written, which may take as long as its reader likes.
    public <T> void write(Supplier<T> report, Consumer<T> target) {
        synchronized (writing) {
            target.accept(make(report));
        }
    }
}
