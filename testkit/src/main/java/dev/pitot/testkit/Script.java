package dev.pitot.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Steps of a [ScriptedPeer] on one connection. Immutable: each method returns a longer script.
/// After the last step the connection is closed.
///
/// ```java
/// Script busyServer = Script.start().take(37).send((byte) -1).drain();
/// ```
public final class Script {
    private static final Script EMPTY = new Script(List.of());

    private final List<Step> steps;

    private Script(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /// Returns a script without steps: the connection is closed at once.
    public static Script start() {
        return EMPTY;
    }

    /// Sends bytes.
    public Script send(byte... bytes) {
        return then(new Step.Send(bytes.clone()));
    }

    /// Sends text in UTF-8.
    public Script send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Sends text in UTF-8 preceded by its length as four bytes, big-endian: iperf3's framing of
    /// JSON.
    public Script sendFrame(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var frame = new ByteArrayOutputStream();
        frame.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        frame.writeBytes(bytes);
        return send(frame.toByteArray());
    }

    /// Sends a block repeatedly until the other end closes the connection.
    ///
    /// @throws IllegalArgumentException if the block is empty
    public Script flood(byte... block) {
        if (block.length == 0) {
            throw new IllegalArgumentException("an empty block floods nothing");
        }
        return then(new Step.Flood(block.clone()));
    }

    /// Receives `count` bytes, for [ScriptedPeer#take()].
    public Script take(int count) {
        return then(new Step.Take(count));
    }

    /// Receives a frame and keeps its content, without the length before it, for
    /// [ScriptedPeer#take()].
    public Script takeFrame() {
        return then(new Step.TakeFrame());
    }

    /// Receives everything until the other end closes or resets the connection, for
    /// [ScriptedPeer#take()]; at most 1 MiB.
    public Script takeAll() {
        return then(new Step.TakeAll());
    }

    /// Receives exactly these bytes, for [ScriptedPeer#take()]; other bytes fail the script.
    public Script expect(byte... bytes) {
        return then(new Step.Expect(bytes.clone()));
    }

    /// Receives exactly this text in UTF-8, for [ScriptedPeer#take()]; other bytes fail the
    /// script.
    public Script expect(String text) {
        return expect(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Receives and discards everything until the other end closes or resets the connection.
    public Script drain() {
        return then(new Step.Drain());
    }

    /// Does nothing for a while; the connection stays open and unread.
    public Script pause(Duration length) {
        return then(new Step.Pause(length));
    }

    /// Does nothing until the peer is closed; the connection stays open and unread.
    public Script stall() {
        return then(new Step.Stall());
    }

    /// Closes the sending side (FIN) but continues to receive.
    public Script endSending() {
        return then(new Step.EndSending());
    }

    /// Closes the connection (FIN, or RST by the system if there is unread data).
    public Script close() {
        return then(new Step.Close());
    }

    /// Resets the connection (RST).
    public Script reset() {
        return then(new Step.Reset());
    }

    List<Step> steps() {
        return steps;
    }

    private Script then(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new Script(longer);
    }
}
