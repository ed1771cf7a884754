package dev.pitot.lab.remote;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Bytes of one output into lines. A line ends with `\n` or `\r\n`; a `\r` alone is part of it.
/// Bytes that are not UTF-8 become U+FFFD. A line longer than [OutputLine#MAX_CHARACTERS] comes in
/// parts. One thread uses it.
final class LineSplitter {
    private static final int CHARACTERS_AT_ONCE = 4096;
    private static final int KEPT_CAPACITY = 1 << 16;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final CharBuffer characters = CharBuffer.allocate(CHARACTERS_AT_ONCE);
    private ByteBuffer undecoded = ByteBuffer.allocate(0);
    private StringBuilder line = new StringBuilder();
    private boolean isContinued; // parts of this line were passed on already

    /// Takes what was read.
    ///
    /// @param count how many of the bytes, from the first
    /// @param lines takes each line that has ended, in order
    void take(byte[] bytes, int count, Consumer<String> lines) {
        ByteBuffer all = ByteBuffer.allocate(undecoded.remaining() + count);
        all.put(undecoded).put(bytes, 0, count).flip();
        decode(all, false, lines);
        undecoded = all; // at most the first bytes of one character
    }

    /// Passes on the last line, if it has no end.
    void end(Consumer<String> lines) {
        decode(undecoded, true, lines);
        while (decoder.flush(characters).isOverflow()) {
            drain(lines);
        }
        drain(lines);
        if (!line.isEmpty()) {
            emit(lines);
        }
    }

    private void decode(ByteBuffer bytes, boolean isLast, Consumer<String> lines) {
        CoderResult result;
        do {
            result = decoder.decode(bytes, characters, isLast);
            drain(lines);
        } while (result.isOverflow());
    }

    private void drain(Consumer<String> lines) {
        characters.flip();
        while (characters.hasRemaining()) {
            char next = characters.get();
            if (next == '\n') {
                onEnd(lines);
            } else {
                if (isFull(next)) {
                    emit(lines);
                    isContinued = true;
                }
                line.append(next);
            }
        }
        characters.clear();
    }

    /// The halves of a character beyond 16 bits stay together.
    private boolean isFull(char next) {
        return line.length() == OutputLine.MAX_CHARACTERS
                || (line.length() == OutputLine.MAX_CHARACTERS - 1 && Character.isHighSurrogate(next));
    }

    private void onEnd(Consumer<String> lines) {
        int last = line.length() - 1;
        if (last >= 0 && line.charAt(last) == '\r') {
            line.setLength(last);
        }
        if (!line.isEmpty() || !isContinued) {
            emit(lines);
        }
        isContinued = false;
    }

    private void emit(Consumer<String> lines) {
        String text = line.toString();
        if (line.capacity() > KEPT_CAPACITY) {
            line = new StringBuilder();
        } else {
            line.setLength(0);
        }
        lines.accept(text);
    }
}
