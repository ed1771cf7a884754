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

/// Normal and error lines of one run. With `--logfile` both go there. Safe for any thread. Reports the
/// number of lines that were dropped because they were not read in time.
public final class Console implements AutoCloseable {
    private static final String BROKEN_PIPE = "Broken pipe"; // EPIPE

    /// Limit of the lines kept for a reader, as a part of the heap, for each stream.
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

    /// Opens the console of a client or a server, whose errors begin as iperf3's do.
    ///
    /// @throws IOException with iperf's message for a log file that cannot be opened
    public Console(Terminal terminal, OutputOptions options, Backpressure backpressure) throws IOException {
        this(terminal, options, backpressure, "iperf3");
    }

    /// Opens the console, and the log file if there is one.
    ///
    /// @param backpressure behaviour of printing when the output is not read
    /// @param program prefix of its own errors
    /// @throws IOException with iperf's message for a log file that cannot be opened
    public Console(Terminal terminal, OutputOptions options, Backpressure backpressure, String program)
            throws IOException {
        this.program = program;
        log = open(options.logFile());
        long room = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
        stderr = new LinePrinter(terminal.err(), backpressure, room, TIMEOUT);
        out = new LinePrinter(log == null ? terminal.out() : log, backpressure, room, TIMEOUT);
        err = log == null ? stderr : out;
        stamp = stamp(terminal, options.prefix().timestampFormat());
        // A JSON document stays valid: neither title nor timestamp goes before it.
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

    /// Warnings and failures, complete with iperf's prefix.
    public Lines err() {
        return line -> {
            err.print(error(line));
            report(err);
        };
    }

    private byte[] error(String line) {
        return SurrogateEscape.encode(stamp.get() + line + "\n");
    }

    /// The log file, for messages when nothing else works; null for none.
    public @Nullable OutputStream log() {
        return log;
    }

    /// Ends all unlimited waiting for a reader, since the process is to end.
    public void dropUnread() {
        out.dropUnread();
        err.dropUnread();
        stderr.dropUnread();
    }

    /// Reports lost output.
    ///
    /// @param errors receives the number of dropped lines
    private void report(LinePrinter errors) {
        if (isBroken() && !isFailureReported.getAndSet(true)) {
            broken.complete(null);
            if (isUnwritable()) { // not even to a log file; posted, so that nobody waits for a reader
                stderr.post(error(program + ": error - unable to write output: " + out.failure()));
            }
        }
        long dropped = out.takeDropped() + err.takeDropped();
        if (dropped > 0) {
            String count = dropped + " lines or reports were dropped";
            errors.print(error(program + ": error - " + count + ": nobody read the output in time"));
        }
    }

    /// Prints warnings about the command line.
    public void warn(Notices notices) {
        notices.out().forEach(line -> out.print(encoding.apply(line + "\n")));
        notices.err().forEach(line -> err.print(error(line)));
    }

    /// Registers an action to run when a normal line cannot be written; runs it at once if that has
    /// happened already.
    public void onBroken(Runnable action) {
        var _ = broken.thenRun(action);
    }

    /// True if normal lines cannot be written any more, for any reason.
    public boolean isBroken() {
        return out.failure() != null;
    }

    /// True if writing normal lines failed for a reason other than a closed pipe: a reader may close it
    /// once it has seen enough, as with `| head -1`, but a full disk is a failure.
    public boolean isUnwritable() {
        return isBroken() && !BROKEN_PIPE.equals(out.failure());
    }

    @Override
    public void close() {
        out.close();
        report(stderr); // the log file's printer is closed
        err.close();
        stderr.close();
        if (log == null) {
            return;
        }
        try {
            log.close();
        } catch (IOException e) { // every line was flushed before, but the disk may fail now
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

    /// Encodes lines. Bytes that are not UTF-8 pass unchanged, as iperf's do, but not into JSON, which
    /// is UTF-8 (RFC 8259, section 8.1): there each is replaced by `?`.
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
