package dev.pitot.probe.rpm;

import java.nio.ByteBuffer;

/// Counts the payload of DATA frames in what one end of an HTTP/2 connection sends (RFC 9113, 3.4 and 4.1). Used by
/// one thread at a time.
final class FrameCounter {
    private static final int PREFACE = 24;
    private static final int HEADER = 9;
    private static final int TYPE_AT = 3;
    private static final int DATA = 0;

    private long skip = PREFACE; // bytes of the preface or a payload that are still to come
    private boolean isData;
    private int headerBytes;
    private int length;
    private int type;

    /// Takes bytes in the order in which they are sent.
    ///
    /// @return bytes of DATA payload among them
    long take(ByteBuffer bytes) {
        long data = 0;
        while (bytes.hasRemaining()) {
            if (skip > 0) {
                int here = (int) Math.min(skip, bytes.remaining());
                bytes.position(bytes.position() + here);
                skip -= here;
                data += isData ? here : 0;
            } else {
                header(bytes.get() & 0xff);
            }
        }
        return data;
    }

    private void header(int octet) {
        if (headerBytes < TYPE_AT) {
            length = (length << Byte.SIZE) | octet;
        } else if (headerBytes == TYPE_AT) {
            type = octet;
        }
        if (++headerBytes == HEADER) {
            skip = length;
            isData = type == DATA;
            headerBytes = 0;
            length = 0;
        }
    }
}
