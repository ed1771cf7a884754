package dev.pitot.socket.linux;

import static dev.pitot.socket.linux.SocketOptions.IPPROTO_TCP;
import static dev.pitot.socket.linux.SocketOptions.SOL_SOCKET;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.pitot.socket.TransmitTimestamps;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// Transmit timestamps of a TCP socket (SO_TIMESTAMPING), requested by a control message of a write
/// and read from the socket's error queue. Belongs to the thread that sends.
///
/// Source: Documentation/networking/timestamping.rst.
final class LinuxTransmitTimestamps implements TransmitTimestamps {
    // linux/net_tstamp.h: SOF_TIMESTAMPING_...
    private static final int TX_SOFTWARE = 1 << 1;
    private static final int TX_SCHED = 1 << 8;
    private static final int TX_ACK = 1 << 9;
    private static final int SOFTWARE = 1 << 4; // reports timestamps; requests none by itself
    private static final int OPT_ID = 1 << 7; // answers have the position of the byte
    private static final int OPT_TSONLY = 1 << 11; // answers have no copy of the packet
    private static final int OPT_ID_TCP = 1 << 16; // positions from the next byte on; Linux 6.2

    private static final int REPORT = SOFTWARE | OPT_ID | OPT_TSONLY;
    private static final int REQUEST = TX_SOFTWARE | TX_SCHED | TX_ACK;
    private static final int ATTEMPTS = 8; // until no acknowledgement arrives between three calls

    // linux/errqueue.h: SO_EE_ORIGIN_TIMESTAMPING, SCM_TSTAMP_...
    private static final int ORIGIN_TIMESTAMPING = 4;
    private static final int KIND_SENT = 0;
    private static final int KIND_QUEUED = 1;
    private static final int KIND_ACKNOWLEDGED = 2;

    // struct msghdr and struct iovec of 64 bits
    private static final int HEADER_BYTES = 56;
    private static final int VECTOR_OFFSET = 16;
    private static final int VECTOR_LENGTH_OFFSET = 24;
    private static final int CONTROL_OFFSET = 32;
    private static final int CONTROL_LENGTH_OFFSET = 40;
    private static final int VECTOR_BYTES = 16;
    private static final int COUNT_OFFSET = 8;

    // struct cmsghdr: long length with this header, int level, int type; then the data
    private static final int LEVEL_OFFSET = 8;
    private static final int TYPE_OFFSET = 12;
    private static final int DATA_OFFSET = 16;
    private static final int REQUEST_BYTES = DATA_OFFSET + Integer.BYTES;
    private static final int REQUEST_SPACE = DATA_OFFSET + Long.BYTES; // with padding

    /// More than two messages: three times of 16 bytes, and an error with an IPv6 address.
    private static final int ANSWER_BYTES = 256;

    private static final int MSG_ERRQUEUE = 0x2000; // linux/socket.h
    private static final int NANOS_OFFSET = 8; // struct timespec: long seconds, long nanos
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    // struct sock_extended_err: int errno, byte origin, 3 bytes, int info, int data
    private static final int ORIGIN_OFFSET = 4;
    private static final int INFO_OFFSET = 8;
    private static final int ID_OFFSET = 12;

    private final ConnectedSocket socket;
    private final SocketIo sending;
    private final MemorySegment errno; // of the same arena as the rest, which calls keep alive by it
    private final MemorySegment outgoing;
    private final MemorySegment vector;
    private final MemorySegment incoming;
    private final MemorySegment answer;
    private int firstId;
    private Point point = Point.QUEUED;
    private int position;
    private long nanos;
    private boolean hasTime;

    /// @param sending calls of the sending thread
    LinuxTransmitTimestamps(ConnectedSocket socket, SocketIo sending) {
        this.socket = socket;
        this.sending = sending;
        Arena arena = Arena.ofAuto();
        errno = SystemCall.errno(arena);
        vector = arena.allocate(VECTOR_BYTES, Long.BYTES);
        MemorySegment request = arena.allocate(REQUEST_SPACE, Long.BYTES);
        request.set(JAVA_LONG, 0, REQUEST_BYTES);
        request.set(JAVA_INT, LEVEL_OFFSET, SOL_SOCKET);
        request.set(JAVA_INT, TYPE_OFFSET, SocketOptions.SO_TIMESTAMPING);
        request.set(JAVA_INT, DATA_OFFSET, REQUEST);
        outgoing = arena.allocate(HEADER_BYTES, Long.BYTES);
        outgoing.set(JAVA_LONG, VECTOR_OFFSET, vector.address());
        outgoing.set(JAVA_LONG, VECTOR_LENGTH_OFFSET, 1);
        outgoing.set(JAVA_LONG, CONTROL_OFFSET, request.address());
        outgoing.set(JAVA_LONG, CONTROL_LENGTH_OFFSET, REQUEST_SPACE);
        answer = arena.allocate(ANSWER_BYTES, Long.BYTES);
        incoming = arena.allocate(HEADER_BYTES, Long.BYTES);
        incoming.set(JAVA_LONG, CONTROL_OFFSET, answer.address());
    }

    /// Only TCP has them: Multipath TCP accepts the option and answers nothing, SCTP has none.
    @Override
    public boolean start() {
        return isTcp() && (set(REPORT | OPT_ID_TCP) || startBefore62());
    }

    /// Switches them on with a kernel before 6.2, which numbers bytes from the first one that is not
    /// acknowledged at that moment. How many there are is asked before and after, until none was
    /// acknowledged in between.
    boolean startBefore62() {
        for (int i = 0; i < ATTEMPTS; i++) {
            long before = unacknowledged();
            if (before < 0 || !set(REPORT)) {
                return false;
            }
            if (unacknowledged() == before) {
                firstId = (int) before;
                return true;
            }
            set(0); // numbers begin anew only when switched on again
        }
        return false;
    }

    // Without lambdas here and below: their classes would be loaded while the test runs.
    private boolean isTcp() {
        int fd = socket.acquire();
        try {
            return SocketOptions.get(fd, SOL_SOCKET, SocketOptions.SO_PROTOCOL) == IPPROTO_TCP;
        } finally {
            socket.release(fd);
        }
    }

    private long unacknowledged() {
        return socket.ask(fd -> SocketOptions.query(fd, SocketOptions.SIOCOUTQ));
    }

    private boolean set(int flags) {
        int fd = socket.acquire();
        try {
            return SocketOptions.set(fd, SOL_SOCKET, SocketOptions.SO_TIMESTAMPING, flags) == 0;
        } finally {
            socket.release(fd);
        }
    }

    @Override
    public int send(ByteBuffer block) throws IOException {
        long address = sending.addressOf(block);
        int count = block.remaining();
        if (count == 0) {
            return 0;
        }
        int fd = socket.acquire();
        try {
            vector.set(JAVA_LONG, 0, address);
            vector.set(JAVA_LONG, COUNT_OFFSET, count);
            long sent = send(fd);
            if (sent == -SystemError.EINVAL || sent == -SystemError.EPERM || sent == -SystemError.EOPNOTSUPP) {
                return REFUSED;
            }
            int taken = LinuxTcpConnection.moved(sent);
            block.position(block.position() + taken);
            return taken;
        } finally {
            socket.release(fd);
        }
    }

    private long send(int fd) throws IOException {
        boolean mayWait = !Thread.currentThread().isVirtual();
        if (!mayWait && !SocketIo.awaitRoom(fd)) {
            return -SystemError.EAGAIN;
        }
        int flags = mayWait ? SocketIo.MSG_NOSIGNAL : SocketIo.MSG_NOSIGNAL | SocketIo.MSG_DONTWAIT;
        long sent;
        do {
            sent = SystemCall.SENDMSG.call(errno, fd, outgoing.address(), flags);
        } while (sent == -SystemError.EINTR);
        return sent;
    }

    @Override
    public boolean next() {
        int fd = socket.acquire();
        try {
            while (receive(fd) >= 0) {
                if (decode()) {
                    return true;
                }
            }
            return false;
        } finally {
            socket.release(fd);
        }
    }

    private long receive(int fd) {
        incoming.set(JAVA_LONG, CONTROL_LENGTH_OFFSET, ANSWER_BYTES);
        return SystemCall.RECVMSG.call(errno, fd, incoming.address(), MSG_ERRQUEUE | SocketIo.MSG_DONTWAIT);
    }

    /// @return false if the message is none of a timestamp
    private boolean decode() {
        boolean hasPoint = false;
        hasTime = false;
        long end = Math.min(incoming.get(JAVA_LONG, CONTROL_LENGTH_OFFSET), ANSWER_BYTES);
        for (long at = 0; at + DATA_OFFSET <= end; ) {
            long length = answer.get(JAVA_LONG, at);
            if (length < DATA_OFFSET || at + length > end) {
                return false;
            }
            if (answer.get(JAVA_INT, at + LEVEL_OFFSET) != SOL_SOCKET) { // IP_RECVERR or IPV6_RECVERR
                hasPoint = decodeError(at + DATA_OFFSET);
            } else if (answer.get(JAVA_INT, at + TYPE_OFFSET) == SocketOptions.SO_TIMESTAMPING) {
                decodeTime(at + DATA_OFFSET);
            }
            at += (length + Long.BYTES - 1) & -Long.BYTES;
        }
        return hasPoint && hasTime;
    }

    private boolean decodeError(long at) {
        if (answer.get(JAVA_BYTE, at + ORIGIN_OFFSET) != ORIGIN_TIMESTAMPING) {
            return false;
        }
        position = answer.get(JAVA_INT, at + ID_OFFSET) - firstId;
        switch (answer.get(JAVA_INT, at + INFO_OFFSET)) {
            case KIND_SENT -> point = Point.SENT;
            case KIND_QUEUED -> point = Point.QUEUED;
            case KIND_ACKNOWLEDGED -> point = Point.ACKNOWLEDGED;
            default -> {
                return false; // a kind of a newer kernel
            }
        }
        return true;
    }

    private void decodeTime(long at) {
        nanos = answer.get(JAVA_LONG, at) * NANOS_PER_SECOND + answer.get(JAVA_LONG, at + NANOS_OFFSET);
        hasTime = true;
    }

    @Override
    public Point point() {
        return point;
    }

    @Override
    public int position() {
        return position;
    }

    @Override
    public long nanos() {
        return nanos;
    }
}
