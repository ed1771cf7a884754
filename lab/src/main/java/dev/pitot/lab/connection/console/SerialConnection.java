package dev.pitot.lab.connection.console;

import dev.pitot.lab.connection.Connection;
import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.connection.LineListener;
import dev.pitot.lab.connection.RunningCommand;
import dev.pitot.lab.system.OperatingSystem;
import dev.pitot.lab.time.MachineClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A shell on a serial line of this machine (Linux, macOS), with 8 bits, no parity and one stop
/// bit. The line is set up by `stty` and carried by two `cat`, which this machine needs to have:
/// programs that wait for a line can be ended, while a thread that does so cannot.
///
/// Commands run in the background of the one shell with their output in files of the node's
/// temporary folder, which are read four times a second, as fast as the line is, and removed
/// afterwards: times of arrival are as coarse as that, and what a command leaves on its outputs
/// must fit there. Lines that the console shows on its own, such as the kernel's, are heard as
/// lines of standard error. Needs `mkdir`, `rm`, `cat`, `wc`, `tail -c`, `head -c` and `printf`
/// on the node. Whoever was logged in by this connection is logged out by its close.
public final class SerialConnection implements Connection {
    private static final Duration OPENING = Duration.ofSeconds(5);
    private static final String READY = "ready\n";
    private static final int BITS_OF_BYTE = 10; // with start and stop bit
    private static final int LEAST_PIECE = 512;
    private static final int MOST_PIECE = 16_384;

    /// The device is the script's name `$0`; it is set up while it is held open, for some systems
    /// forget it otherwise.
    private static final String READ = "exec <\"$0\" && stty \"$1\" raw -echo cs8 -parenb -cstopb clocal -crtscts"
            + " -ixon -ixoff && echo ready && exec cat";

    private static final String WRITE = "exec cat >\"$0\"";

    private final Console console;

    /// Opens nothing yet.
    ///
    /// @param name what messages call it
    /// @param device such as `/dev/ttyUSB0`
    /// @param baud usually 115200
    /// @param login null if it asks for none
    /// @param password asked when it is needed, and not kept; an [java.io.UncheckedIOException]
    /// says why
    ///     it cannot be read. Null if it asks for none
    /// @param system what the node runs: one with a POSIX shell
    public SerialConnection(
            String name,
            String device,
            int baud,
            @Nullable String login,
            @Nullable Supplier<String> password,
            OperatingSystem system) {
        var settings = new ConsoleShell.Settings(
                login,
                password,
                true,
                Math.clamp(baud / BITS_OF_BYTE, LEAST_PIECE, MOST_PIECE),
                new MachineClock(),
                ConsoleTimes.USUAL);
        console = new Console(name, system, () -> SerialWire.open(device, baud), settings, InstantSource.system());
    }

    @Override
    public String name() {
        return console.name();
    }

    @Override
    public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
        return console.start(command, lines);
    }

    @Override
    public void close() {
        console.close();
    }

    private record SerialWire(Process reader, Process writer) implements Wire {
        static SerialWire open(String device, int baud) throws IOException {
            Process reader = new ProcessBuilder("sh", "-c", READ, device, String.valueOf(baud)).start();
            boolean isReady = false;
            try {
                awaitReady(reader, device);
                Process writer = new ProcessBuilder("sh", "-c", WRITE, device)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                isReady = true;
                return new SerialWire(reader, writer);
            } finally {
                if (!isReady) {
                    reader.destroyForcibly();
                }
            }
        }

        /// A device may let its opener wait for ever.
        private static void awaitReady(Process reader, String device) throws IOException {
            CompletableFuture<Boolean> ready = new CompletableFuture<>();
            // A platform thread, since whoever waits at a pipe holds a carrier of virtual ones
            Thread.ofPlatform().daemon().name("opening " + device).start(() -> ready.complete(saysReady(reader)));
            try {
                if (!ready.get(OPENING.toNanos(), TimeUnit.NANOSECONDS)) {
                    throw new IOException("the device " + device + " cannot be set up: check that it is there,"
                            + " a serial line, yours to use, and that it knows the speed");
                }
            } catch (TimeoutException e) {
                throw new IOException("the device " + device + " does not open: check its cable", e);
            } catch (InterruptedException e) { // somebody wants an end
                Thread.currentThread().interrupt();
                throw new IOException("the device " + device + " was given up", e);
            } catch (ExecutionException e) {
                throw new AssertionError("never completed so", e);
            }
        }

        private static boolean saysReady(Process reader) {
            try {
                byte[] word = reader.getInputStream().readNBytes(READY.length());
                return new String(word, StandardCharsets.US_ASCII).equals(READY);
            } catch (IOException e) { // it was ended
                return false;
            }
        }

        @Override
        public InputStream input() {
            return reader.getInputStream();
        }

        @Override
        public OutputStream output() {
            return writer.getOutputStream();
        }

        @Override
        public void close() {
            reader.destroyForcibly();
            writer.destroyForcibly();
        }
    }
}
