package dev.pitot.cli.print;

import dev.pitot.command.OutputOptions;
import dev.pitot.command.OutputOptions.Form;
import dev.pitot.command.OutputOptions.Notices;
import dev.pitot.command.file.FileErrorText;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.text.SurrogateEscape;
import dev.pitot.model.text.SystemPath;
import dev.pitot.output.Lines;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Normal and error lines of one run. With `--logfile` both go there. Any thread may print. Of
/// lines that nobody reads in time it reports how many were dropped.
public final class Console implements AutoCloseable {
    private static final String BROKEN_PIPE = "Broken pipe"; // EPIPE

    /// What waits for a reader takes this part of the heap at most, for each stream.
    private static final int PART_OF_HEAP = 64;

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final CompletableFuture<Void> broken = new CompletableFuture<>();
    private final AtomicBoolean isFailureReported = new AtomicBoolean();
    private final @Nullable OutputStream log;
    private final LinePrinter stderr;
    private final LinePrinter out;
    private final LinePrinter err; // the same as out where both go to the log file
    private final Supplier<String> prefix;
    private final Supplier<String> stamp;
    private final Function<String, byte[]> encoding;
    private final String program;

    /// The console of a client or a server, whose errors begin as iperf3's do.
    ///
    /// @throws IOException with iperf's words for a log file that cannot be opened
    public Console(Terminal terminal, OutputOptions options, Backpressure backpressure) throws IOException {
        this(terminal, options, backpressure, "iperf3");
    }

    /// Opens the log file if there is one.
    ///
    /// @param backpressure what printing does when nobody reads
    /// @param program what its own errors begin with
    /// @throws IOException with iperf's words for a log file that cannot be opened
    public Console(Terminal terminal, OutputOptions options, Backpressure backpressure, String program)
            throws IOException {
        this.program = program;
        log = open(options.logFile());
        long room = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
        stderr = new LinePrinter(terminal.err(), backpressure, room, TIMEOUT);
        out = new LinePrinter(log == null ? terminal.out() : log, backpressure, room, TIMEOUT);
        err = log == null ? stderr : out;
        stamp = stamp(terminal, options.prefix().timestampFormat());
        // A JSON document stays one: neither title nor time stamp goes before it.
        prefix = options.form() == Form.TEXT ? titled(stamp, options.prefix().title()) : () -> "";
        encoding = encoding(options.form());
    }

    /// Normal lines.
    public Lines out() {
        return line -> {
            out.print(encoding.apply(prefix.get() + line + "\n"));
            report(err);
        };
    }

    /// Warnings and failures; complete with whatever iperf puts before them.
    public Lines err() {
        return line -> {
            err.print(error(line));
            report(err);
        };
    }

    private byte[] error(String line) {
        return SurrogateEscape.encode(stamp.get() + line + "\n");
    }

    /// The log file, for what must be written when nothing else works; null if there is none.
    public @Nullable OutputStream log() {
        return log;
    }

    /// Somebody wants the process to end: from now on nothing waits for ever for a reader.
    public void dropUnread() {
        out.dropUnread();
        err.dropUnread();
        stderr.dropUnread();
    }

    /// Reports what became of earlier lines.
    ///
    /// @param errors gets the number of those that were dropped
    private void report(LinePrinter errors) {
        if (isBroken() && !isFailureReported.getAndSet(true)) {
            broken.complete(null);
            if (isUnwritable()) { // not even to a log file; nobody waits for a reader of this
                stderr.post(error(program + ": error - unable to write output: " + out.failure()));
            }
        }
        long dropped = out.takeDropped() + err.takeDropped();
        if (dropped > 0) {
            String count = dropped + " lines or reports were dropped";
            errors.print(error(program + ": error - " + count + ": nobody read the output in time"));
        }
    }

    /// Prints what a person should know about the command line.
    public void warn(Notices notices) {
        notices.out().forEach(line -> out.print(encoding.apply(line + "\n")));
        notices.err().forEach(line -> err.print(error(line)));
    }

    /// Runs an action as soon as a normal line could not be written, at once if that is so already.
    public void onBroken(Runnable action) {
        var _ = broken.thenRun(action);
    }

    /// Whether normal lines cannot be written any more, whatever the reason.
    public boolean isBroken() {
        return out.failure() != null;
    }

    /// Whether normal lines cannot be written although somebody wants them: a reader may go when
    /// it has seen enough, as with `| head -1`, but a full disk is a failure.
    public boolean isUnwritable() {
        return isBroken() && !BROKEN_PIPE.equals(out.failure());
    }

    @Override
    public void close() {
        out.close();
        report(stderr); // the log file's printer takes nothing more
        err.close();
        stderr.close();
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
            throw new IOException("error - " + IperfError.LOG_FILE.text(FileErrorText.of(e)), e);
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
