package dev.pitot.cli.print;

import dev.pitot.command.OutputOptions;
import dev.pitot.command.OutputOptions.Form;
import dev.pitot.command.OutputOptions.Notices;
import dev.pitot.command.file.SystemPath;
import dev.pitot.command.file.SystemReason;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.text.SurrogateEscape;
import dev.pitot.output.Lines;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.ZonedDateTime;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Normal and error lines of one run. With `--logfile` both go there. Any thread may print. Of
/// lines that nobody reads in time it says how many are lost.
public final class Console implements AutoCloseable {
    private static final String BROKEN_PIPE = "Broken pipe"; // EPIPE

    /// What waits for a reader takes this part of the heap at most, for each of two streams.
    private static final int PART_OF_HEAP = 64;

    private final CompletableFuture<Void> broken = new CompletableFuture<>();
    private final @Nullable OutputStream log;
    private final LinePrinter out;
    private final LinePrinter err;
    private volatile boolean isUnwritable;

    /// Opens the log file if there is one.
    ///
    /// @param backpressure what printing does when nobody reads
    /// @throws IOException with iperf's words for a log file that cannot be opened
    public Console(Terminal terminal, OutputOptions options, Backpressure backpressure) throws IOException {
        log = open(options.logFile());
        OutputStream normal = log == null ? terminal.out() : log;
        OutputStream errors = log == null ? terminal.err() : log;
        Supplier<String> stamp = stamp(terminal, options.prefix().timestampFormat());
        // A JSON document stays one: neither title nor time stamp goes before it.
        Supplier<String> prefix =
                options.form() == Form.TEXT ? titled(stamp, options.prefix().title()) : () -> "";
        long room = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
        err = new LinePrinter(errors, stamp, SurrogateEscape::encode, backpressure, room, _ -> {});
        out = new LinePrinter(normal, prefix, encoding(options.form()), backpressure, room, failure -> {
            // A reader may go when it has seen enough, as with `| head -1`; a full disk is a failure.
            isUnwritable = !BROKEN_PIPE.equals(failure.getMessage());
            if (isUnwritable) {
                err.print("iperf3: error - unable to write output: " + failure.getMessage());
            }
            broken.complete(null);
        });
    }

    /// Normal lines.
    public Lines out() {
        return line -> {
            out.print(line);
            reportLost();
        };
    }

    /// Warnings and failures; complete with whatever iperf puts before them.
    public Lines err() {
        return line -> {
            err.print(line);
            reportLost();
        };
    }

    /// Somebody wants the process to end: from now on nothing waits for ever for a reader.
    public void dropUnread() {
        out.dropUnread();
        err.dropUnread();
    }

    private void reportLost() {
        long lost = out.takeLost() + err.takeLost();
        if (lost > 0) {
            err.print("iperf3: error - " + lost + " lines or reports are lost: nobody read the output in time");
        }
    }

    /// Prints what a person should know about the command line.
    ///
    public void warn(Notices notices) {
        notices.out().forEach(out::printBare);
        notices.err().forEach(err::print);
    }

    /// Runs an action as soon as normal lines cannot be written any more, at once if that is so
    /// already.
    public void onBroken(Runnable action) {
        var _ = broken.thenRun(action);
    }

    /// Whether normal lines were lost, whatever the reason.
    public boolean isBroken() {
        return broken.isDone();
    }

    /// Whether normal lines were lost although somebody wants them.
    public boolean isUnwritable() {
        return isUnwritable;
    }

    @Override
    public void close() {
        out.close();
        reportLost();
        err.close();
        if (log == null) {
            return;
        }
        try {
            log.close();
        } catch (IOException e) { // every line was flushed before; a disk that fails now deserves a report
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable OutputStream open(@Nullable String logFile) throws IOException {
        if (logFile == null) {
            return null;
        }
        try {
            return Files.newOutputStream(SystemPath.of(logFile), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IOException("error - " + IperfError.LOG_FILE.text(SystemReason.of(e)), e);
        }
    }

    /// Bytes that are not UTF-8 pass unchanged, as iperf's do, but not into JSON, which is UTF-8 (RFC
    /// 8259, section 8.1): there a `?` stands for each.
    private static Function<String, byte[]> encoding(Form form) {
        return form == Form.TEXT ? SurrogateEscape::encode : text -> text.getBytes(StandardCharsets.UTF_8);
    }

    private static Supplier<String> stamp(Terminal terminal, @Nullable String format) {
        if (format == null) {
            return () -> "";
        }
        var strftime = new Strftime(format);
        return () -> strftime.format(ZonedDateTime.now(terminal.clock()));
    }

    private static Supplier<String> titled(Supplier<String> stamp, @Nullable String title) {
        return title == null ? stamp : () -> stamp.get() + title + ":  ";
    }
}
