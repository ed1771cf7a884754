package dev.pitot.lab.remote;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// A command on a node that is run by a program here, such as `ssh`, which does not pass the exit
/// code on, or not reliably. The node's shell writes the code behind a word when the command has
/// ended; the word is drawn at random, so that no output can be taken for it by chance, and no
/// listener gets it. Any thread may use it.
final class ExitCodeMapper implements RunningCommand {
    private static final int LONGEST_CODE = 10;

    private final String word =
            "PITOT-EXIT:" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ":";
    private final OutputLine.Origin origin;
    private final LineListener listener;
    private final LostCommand lost;
    private final OutputTail output = new OutputTail();
    private volatile @Nullable Integer code;
    private @Nullable RunningCommand carrier;

    /// The meaning of an end without the word.
    @FunctionalInterface
    interface LostCommand {
        /// The end that a program here without the word means.
        ///
        /// @param code of the program here
        /// @param output the last lines that may show why
        CommandEnd meaning(int code, List<String> output) throws InterruptedException;
    }

    /// Maps nothing yet.
    ///
    /// @param origin to which output the word is written
    /// @param listener receives all other lines
    ExitCodeMapper(OutputLine.Origin origin, LineListener listener, LostCommand lost) {
        this.origin = origin;
        this.listener = listener;
        this.lost = lost;
    }

    /// What the node's shell writes before the code.
    String word() {
        return word;
    }

    /// Takes a line of the program here. The word may follow output without an end of line.
    void onLine(OutputLine line) {
        int start = line.origin() == origin ? line.text().lastIndexOf(word) : -1;
        String digits = start < 0 ? "" : line.text().substring(start + word.length());
        boolean isCode = digits.length() <= LONGEST_CODE && digits.matches("[0-9]+");
        if (isCode) {
            code = (int) Long.parseLong(digits);
        }
        if (!isCode || start > 0) {
            String text = isCode ? line.text().substring(0, start) : line.text();
            if (line.origin() == OutputLine.Origin.ERR || origin == OutputLine.Origin.OUT) {
                output.add(text);
            }
            listener.onLine(new OutputLine(line.arrival(), line.origin(), text));
        }
    }

    /// This, once the program here was started.
    ExitCodeMapper carriedBy(RunningCommand started) {
        carrier = started;
        return this;
    }

    private RunningCommand carrier() {
        return Objects.requireNonNull(carrier);
    }

    @Override
    public @Nullable CommandEnd await(Duration timeout) throws InterruptedException {
        CommandEnd end = carrier().await(timeout);
        Integer written = code;
        if (end instanceof CommandEnd.Exited(int ofCarrier)) {
            return written == null ? lost.meaning(ofCarrier, output.lines()) : new CommandEnd.Exited(written);
        }
        return end;
    }

    @Override
    public Duration silence() {
        return carrier().silence();
    }

    @Override
    public void close() {
        carrier().close();
    }
}
