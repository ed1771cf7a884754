package dev.pitot.engine.stream;

import dev.pitot.socket.UdpConnection;
import dev.pitot.wire.datagram.ReadReport;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Reports of a receiver to its sender: how far it has read, several times for each filling of its socket's
/// buffer. A report that cannot be sent is not sent again: the next one says more. Belongs to the receiver's
/// thread; allocates nothing after its construction.
public final class ReadReporter {
    /// Kernel memory of a datagram beyond its content (sizeof(struct sk_buff) and struct skb_shared_info, rounded
    /// up): a packet's buffer is at most twice as long as the packet with it.
    private static final int OVERHEAD_BYTES = 512;

    /// SO_RCVBUF as read back is twice what the kernel was asked for (socket(7)). Half of it is kept free.
    private static final int PART_USED = 2;

    /// So many reports keep the sender informed while the buffer fills. More of them cost both ends processor time
    /// (twice as many: 2 to 7 % of the rate over loopback), fewer gained nothing.
    private static final int REPORTS_PER_ROOM = 4;

    private final UdpConnection connection;
    private final ByteBuffer block = ByteBuffer.allocateDirect(ReadReport.BYTES);
    private final int room;
    private final int step;
    private long reported;

    /// @param datagramBytes length of each datagram
    /// @throws IOException if the connection does not tell the size of its buffer
    public ReadReporter(UdpConnection connection, int datagramBytes) throws IOException {
        this.connection = connection;
        room = room(connection.buffers().receiveBytes(), datagramBytes);
        step = Math.max(1, room / REPORTS_PER_ROOM);
    }

    /// Number of datagrams that a receive buffer holds for certain, at least 1.
    ///
    /// @param receiveBytes SO_RCVBUF as read back
    static int room(int receiveBytes, int datagramBytes) {
        int kernelBytes = 2 * (datagramBytes + OVERHEAD_BYTES);
        return Math.max(1, receiveBytes / PART_USED / kernelBytes);
    }

    /// Reports if enough was read since the last report.
    ///
    /// @param highest highest sequence number read
    void onRead(long highest) {
        if (highest - reported >= step) {
            report(highest);
        }
    }

    /// Reports now: at the start, and while nothing arrives, because a report may have been lost.
    void report(long highest) {
        reported = highest;
        ReadReport.write(block, room, highest);
        try {
            connection.send(block.clear());
        } catch (IOException _) { // the next one says more, and the control connection tells what has happened
        }
    }
}
