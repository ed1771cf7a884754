package dev.pitot.engine.rehearsal;

import dev.pitot.socket.TransmitTimestamps;
import java.nio.ByteBuffer;

/// Transmit timestamps of a rehearsal: each write has reached every point at once. Belongs to the
/// thread that sends.
final class RehearsalTimestamps implements TransmitTimestamps {
    private static final Point[] POINTS = Point.values();

    private int sent;
    private int answers = POINTS.length;

    @Override
    public boolean start() {
        return true;
    }

    @Override
    public int send(ByteBuffer block) {
        int bytes = block.remaining();
        block.position(block.limit());
        sent = bytes;
        answers = 0;
        return bytes;
    }

    @Override
    public boolean next() {
        if (answers == POINTS.length) {
            return false;
        }
        answers++;
        return true;
    }

    @Override
    public Point point() {
        return POINTS[answers - 1];
    }

    /// Position of the first timed write, which the sender looks for.
    @Override
    public int position() {
        return sent - 1;
    }

    @Override
    public long nanos() {
        return answers;
    }
}
