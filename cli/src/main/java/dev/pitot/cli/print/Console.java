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

/// Normal and error lines of one run. With `--logfile` both go there. Any thread may print.
public final class Console implements AutoCloseable {
    private static final String BROKEN_PIPE = "Broken pipe"; // EPIPE

    private final CompletableFuture<Void> broken = new CompletableFuture<>();
    private final @Nullable OutputStream log;
    private final Lines bare;
    private final Lines out;
    private final Lines err;
    private volatile boolean isUnread;

    /// Opens the log file if there is one.
    ///
    /// @throws IOException with iperf's words for a log file that cannot be opened
    public Console(Terminal terminal, OutputOptions options) throws IOException {
        log = open(options.logFile());
        OutputStream normal = log == null ? terminal.out() : log;
        OutputStream errors = log == null ? terminal.err() : log;
        Supplier<String> stamp = stamp(terminal, options.prefix().timestampFormat());
        // A JSON document stays one: neither title nor time stamp goes before it.
        Supplier<String> prefix =
                options.form() == Form.TEXT ? titled(stamp, options.prefix().title()) : () -> "";
        Lines failures = new LinePrinter(errors, stamp, SurrogateEscape::encode, _ -> {});
        bare = new LinePrinter(normal, () -> "", SurrogateEscape::encode, _ -> {});
        out = new LinePrinter(normal, prefix, encoding(options.form()), failure -> {
            // A reader who has gone, as with `| head -1`, wants to hear nothing more; a full
            // disk is a failure.
            isUnread = BROKEN_PIPE.equals(failure.getMessage());
            if (!isUnread) {
                failures.print("iperf3: error - unable to write output: " + failure.getMessage());
            }
            broken.complete(null);
        });
        err = line -> {
            if (!isUnread) {
                failures.print(line);
            }
        };
    }

    /// Normal lines.
    public Lines out() {
        return out;
    }

    /// Warnings and failures; complete with whatever iperf puts before them.
    public Lines err() {
        return err;
    }

    /// Prints what a person should know about the command line.
    ///
    public void warn(Notices notices) {
        notices.out().forEach(bare::print);
        notices.err().forEach(err::print);
    }

    /// Runs an action as soon as normal lines cannot be written any more, at once if that is so
    /// already.
    public void onBroken(Runnable action) {
        var _ = broken.thenRun(action);
    }

    /// Whether normal lines were lost because they could not be written.
    public boolean isBroken() {
        return broken.isDone();
    }

    @Override
    public void close() {
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
