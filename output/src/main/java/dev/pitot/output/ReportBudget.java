package dev.pitot.output;

import java.util.function.Supplier;

/// Memory that reporters of any number of tests keep together for what is written at the end of a
/// test: intervals of a JSON document, lines for a client that asked for them. What does not fit
/// is left out of the report. Safe for any thread.
///
/// The first half is for whoever comes first. The second is for those who keep little, so that a
/// few long tests of many streams do not leave others without a report; whoever keeps more gives
/// way to them.
public final class ReportBudget {
    /// As much again, and two or three times as much for a moment, is taken by the text of a
    /// report.
    private static final int PART_OF_HEAP = 8;

    /// Tests that can keep little at the same time: as many as a server runs.
    private static final int SMALL_TESTS = 64;

    private final long bytes;
    private final long littleBytes;
    private final Object writing = new Object();
    private long takenBytes;

    /// An eighth of what the JVM's heap may grow to.
    public ReportBudget() {
        this(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    /// So many bytes, by estimate.
    ///
    /// @throws IllegalArgumentException if negative
    public ReportBudget(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes negative: " + bytes);
        }
        this.bytes = bytes;
        littleBytes = bytes / 2 / SMALL_TESTS;
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

    /// Runs what makes a report's text and hands it over, one after the other, since texts are
    /// larger than what they are made from.
    public void writeAlone(Runnable report) {
        synchronized (writing) {
            report.run();
        }
    }

    /// Makes such a text, one after the other too.
    public <T> T makeAlone(Supplier<T> report) {
        synchronized (writing) {
            return report.get();
        }
    }
}
