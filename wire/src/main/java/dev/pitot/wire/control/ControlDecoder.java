package dev.pitot.wire.control;

import dev.pitot.model.text.SurrogateEscape;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Turns what arrives on a control connection into messages, however the bytes are cut. The
/// cookie is not part of it: a server reads that first. No byte sequence makes a decoder throw,
/// and it holds no more than what was fed: an announced length alone costs nothing. For one
/// thread.
///
/// The grammar differs per end. A client hears states; one frame follows EXCHANGE_RESULTS, two
/// numbers follow SERVER_ERROR and a version follows the answer to [ProtocolExtension]. A server hears one frame, then
/// states; one frame follows
/// TEST_END. No frame may be so long that its length starts with another byte than 0, so a state
/// can still be told where a frame is due: an end that is stopped or fails just then is
/// understood, where iperf 3.21 takes the state for a giant length.
public final class ControlDecoder {
    /// Longest parameters (iperf.h: MAX_PARAMS_JSON_STRING, since 3.18).
    public static final int MAX_PARAMETERS_BYTES = 8192;

    /// Longest results from a client: 256 KiB; 256 streams take some 50. Upstream has no limit.
    public static final int MAX_CLIENT_RESULTS_BYTES = 1 << 18;

    /// Longest results from a server, which may hold all of its output: 8 MiB, a report a second
    /// of some hours. Upstream has no limit.
    public static final int MAX_SERVER_RESULTS_BYTES = 1 << 23;

    private static final int BITS_PER_BYTE = 8;

    /// What the next byte belongs to.
    private enum Part {
        STATE,
        LENGTH,
        BODY,
        SERVER_ERROR,
        /// The version of Pitot's extension.
        EXTENSION,
        /// Nothing more can be understood, or the connection has ended.
        NOTHING
    }

    private enum Frame {
        PARAMETERS(MAX_PARAMETERS_BYTES),
        CLIENT_RESULTS(MAX_CLIENT_RESULTS_BYTES),
        SERVER_RESULTS(MAX_SERVER_RESULTS_BYTES);

        private final int maxBytes;

        Frame(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        private ControlMessage message(String json) {
            return switch (this) {
                case PARAMETERS -> new ControlMessage.Parameters(json);
                case CLIENT_RESULTS, SERVER_RESULTS -> new ControlMessage.Results(json);
            };
        }
    }

    private final boolean client;
    private final Queue<ControlMessage> messages = new ArrayDeque<>();
    private Part part;
    private Frame frame;
    private long number; // of the bytes of LENGTH or SERVER_ERROR that have arrived
    private int numberBytes;
    private ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private int bodyBytes;
    private boolean hasResults; // a peer has one say; whoever repeats it only wants to fill our memory

    private ControlDecoder(boolean client, Part first, Frame frame) {
        this.client = client;
        this.part = first;
        this.frame = frame;
    }

    /// Of what a server says.
    public static ControlDecoder forClient() {
        return new ControlDecoder(true, Part.STATE, Frame.SERVER_RESULTS);
    }

    /// Of what a client says after its cookie.
    public static ControlDecoder forServer() {
        return new ControlDecoder(false, Part.LENGTH, Frame.PARAMETERS);
    }

    /// Takes all that is left in the buffer.
    public void feed(ByteBuffer arrived) {
        while (arrived.hasRemaining()) {
            switch (part) {
                case STATE -> onState(arrived.get());
                case LENGTH -> onLength(arrived.get());
                case BODY -> onBody(arrived);
                case SERVER_ERROR -> onServerError(arrived.get());
                case EXTENSION -> onExtension(arrived.get());
                case NOTHING -> arrived.position(arrived.limit());
            }
        }
    }

    /// The connection has ended: what is incomplete stays so. A [ControlMessage.ServerError] or
    /// [ControlMessage.TruncatedFrame] may be the result; an end between messages has none.
    public void end() {
        switch (part) {
            case STATE, EXTENSION, NOTHING -> {}
            case LENGTH -> {
                if (numberBytes > 0) {
                    messages.add(new ControlMessage.TruncatedFrame());
                }
            }
            case BODY -> messages.add(new ControlMessage.TruncatedFrame());
            case SERVER_ERROR -> finishServerError();
        }
        part = Part.NOTHING;
        body = new ByteArrayOutputStream(0);
    }

    /// Whether [#next()] has something to give.
    public boolean hasMessage() {
        return !messages.isEmpty();
    }

    /// The next complete message, or null until more has been fed.
    public @Nullable ControlMessage next() {
        return messages.poll();
    }

    private void onState(byte value) {
        TestState state = TestState.ofByte(value);
        if (client && value == ProtocolExtension.STATE) {
            part = Part.EXTENSION;
        } else if (state == null) {
            messages.add(new ControlMessage.UnknownState(value));
        } else if (client && state == TestState.SERVER_ERROR) {
            expectNumber(Part.SERVER_ERROR);
        } else {
            messages.add(new ControlMessage.State(state));
            expectAfter(state);
        }
    }

    private void expectAfter(TestState state) {
        if (hasResults) {
            return;
        }
        if (client && state == TestState.EXCHANGE_RESULTS) {
            hasResults = true;
            frame = Frame.SERVER_RESULTS;
            expectNumber(Part.LENGTH);
        } else if (!client && state == TestState.TEST_END) {
            hasResults = true;
            frame = Frame.CLIENT_RESULTS;
            expectNumber(Part.LENGTH);
        }
    }

    private void expectNumber(Part next) {
        part = next;
        number = 0;
        numberBytes = 0;
    }

    private void onLength(byte value) {
        if (numberBytes == 0 && isLastWord(value)) {
            part = Part.STATE;
            onState(value);
            return;
        }
        append(value);
        if (numberBytes == Integer.BYTES) {
            beginBody();
        }
    }

    /// Whether the peer gives the test up in place of a frame. No permitted length begins with
    /// these bytes.
    private boolean isLastWord(byte value) {
        TestState state = TestState.ofByte(value);
        return client
                ? state == TestState.SERVER_ERROR || state == TestState.SERVER_TERMINATE
                : state == TestState.CLIENT_TERMINATE || state == TestState.IPERF_DONE;
    }

    private void beginBody() {
        if (number == 0 || number > frame.maxBytes) {
            messages.add(new ControlMessage.OversizedFrame(number));
            part = Part.NOTHING;
        } else {
            bodyBytes = (int) number;
            part = Part.BODY;
        }
    }

    private void onBody(ByteBuffer arrived) {
        byte[] piece = new byte[Math.min(arrived.remaining(), bodyBytes - body.size())];
        arrived.get(piece);
        body.write(piece, 0, piece.length);
        if (body.size() == bodyBytes) {
            messages.add(frame.message(SurrogateEscape.decode(body.toByteArray())));
            body = new ByteArrayOutputStream(0);
            part = Part.STATE;
        }
    }

    private void onServerError(byte value) {
        append(value);
        if (numberBytes == 2 * Integer.BYTES) {
            finishServerError();
            part = Part.STATE;
        }
    }

    private void onExtension(byte version) {
        messages.add(new ControlMessage.Extension(ProtocolExtension.agreed(version)));
        part = Part.STATE;
    }

    /// Of numbers that have not arrived completely, nothing counts.
    private void finishServerError() {
        int errnoBytes = numberBytes - Integer.BYTES;
        int error = errnoBytes < 0 ? 0 : (int) (number >>> (errnoBytes * BITS_PER_BYTE));
        int errno = errnoBytes < Integer.BYTES ? 0 : (int) number;
        messages.add(new ControlMessage.ServerError(error, errno));
    }

    private void append(byte value) {
        number = (number << BITS_PER_BYTE) | Byte.toUnsignedLong(value);
        numberBytes++;
    }
}
