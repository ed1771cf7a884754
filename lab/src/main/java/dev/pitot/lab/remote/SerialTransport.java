package dev.pitot.lab.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A serial line of this machine (Linux, macOS), with 8 bits, no parity and one stop bit. It is set
/// up by `stty` and carried by two `cat`, which this machine needs to have: programs that wait for
/// a line can be ended, while a thread that does so cannot.
record SerialTransport(Process reader, Process writer) implements ConsoleTransport {
    private static final Duration OPENING = Duration.ofSeconds(5);
    private static final String READY = "ready\n";

    /// The device is the script's name `$0`; it is set up while it is held open, for some systems
    /// forget it otherwise.
    private static final String READ = "exec <\"$0\" && stty \"$1\" raw -echo cs8 -parenb -cstopb clocal -crtscts"
            + " -ixon -ixoff && echo ready && exec cat";

    private static final String WRITE = "exec cat >\"$0\"";

    static SerialTransport open(String device, int baud) throws IOException {
        Process reader = new ProcessBuilder("sh", "-c", READ, device, String.valueOf(baud)).start();
        boolean isReady = false;
        try {
            awaitReady(reader, device);
            Process writer = new ProcessBuilder("sh", "-c", WRITE, device)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            isReady = true;
            return new SerialTransport(reader, writer);
        } finally {
            if (!isReady) {
                reader.destroyForcibly();
            }
        }
    }

    /// A device may let its opener wait for ever.
    private static void awaitReady(Process reader, String device) throws IOException {
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        // A platform thread, since a thread that waits at a pipe holds a carrier of virtual ones
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
