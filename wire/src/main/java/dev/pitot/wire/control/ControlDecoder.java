package dev.pitot.wire.control;

import dev.pitot.model.text.SurrogateEscape;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Decoder for the byte stream of a control connection, however it is split. The cookie is not
/// included: a server reads it first. No byte sequence makes a decoder throw, and it buffers only
/// bytes that were fed: an announced length alone allocates nothing. For one thread.
///
/// The grammar differs per end. A client receives states; one frame follows EXCHANGE_RESULTS, two
/// numbers follow SERVER_ERROR and a version follows the answer to [ProtocolExtension]. A server
/// receives one frame, then states; one frame follows TEST_END. Frame lengths always start with a 0
/// byte, so a state can be recognized where a frame is due: an end that is stopped or fails at that
/// point is understood, where iperf 3.21 interprets the state as a huge length.
public final class ControlDecoder {
    /// Maximum size of parameters (iperf.h: MAX_PARAMS_JSON_STRING, since 3.18).
    public static final int MAX_PARAMETERS_BYTES = 8192;

    /// Maximum size of a client's results: 256 KiB; 256 streams need about 50. iperf has no limit.
    public static final int MAX_CLIENT_RESULTS_BYTES = 1 << 18;

    /// Maximum size of a server's results, which may include all of its output: 8 MiB, enough for
    /// some hours of one report per second. iperf has no limit.
    public static final int MAX_SERVER_RESULTS_BYTES = 1 << 23;

    private static final int BITS_PER_BYTE = 8;

    /// Field that the next byte belongs to.
    private enum Part {
        STATE,
        LENGTH,
        BODY,
        SERVER_ERROR,
        /// Version of Pitot's extension.
        EXTENSION,
        /// The stream cannot be decoded any further, or the connection has ended.
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
    private long number; // value of the received bytes of LENGTH or SERVER_ERROR
    private int numberBytes;
    private ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private int bodyBytes;
    private boolean hasResults; // results are accepted once; repeating them would only use up memory

    private ControlDecoder(boolean client, Part first, Frame frame) {
        this.client = client;
        this.part = first;
        this.frame = frame;
    }

    /// Returns a decoder for the messages of a server.
    public static ControlDecoder forClient() {
        return new ControlDecoder(true, Part.STATE, Frame.SERVER_RESULTS);
    }

    /// Returns a decoder for the messages of a client after its cookie.
    public static ControlDecoder forServer() {
        return new ControlDecoder(false, Part.LENGTH, Frame.PARAMETERS);
    }

    /// Consumes the rest of the buffer.
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

    /// Signals the end of the connection. If it ends within a message, a
    /// [ControlMessage.ServerError] or [ControlMessage.TruncatedFrame] may result; between messages
    /// nothing does.
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

    /// True if [#next()] returns a message.
    public boolean hasMessage() {
        return !messages.isEmpty();
    }

    /// Returns the next complete message, or null until more is fed.
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

    /// True if the peer aborts the test instead of sending a frame. No permitted length begins with
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

    /// Numbers that are incomplete count as 0.
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
