package dev.pitot.lab.remote.console;

import dev.pitot.lab.remote.OutputLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Makes lines of pieces of a file. Bytes come in as characters of ISO 8859-1; lines go out as
/// UTF-8 has them. Of one thread.
final class LineAssembler {
    private final StringBuilder unfinished = new StringBuilder();

    /// Lines that are whole now; one that is too long comes in parts.
    List<String> of(String piece) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
            unfinished.append(piece, start, end);
            lines.addAll(cut());
            lines.add(text(unfinished));
            unfinished.setLength(0);
            start = end + 1;
        }
        unfinished.append(piece, start, piece.length());
        lines.addAll(cut());
        return lines;
    }

    /// What is left at the end: no line if the file ended with one.
    List<String> rest() {
        if (unfinished.isEmpty()) {
            return List.of();
        }
        String line = text(unfinished);
        unfinished.setLength(0);
        return List.of(line);
    }

    private List<String> cut() {
        List<String> parts = new ArrayList<>();
        while (unfinished.length() > OutputLine.MAX_CHARACTERS) {
            parts.add(text(unfinished.subSequence(0, OutputLine.MAX_CHARACTERS)));
            unfinished.delete(0, OutputLine.MAX_CHARACTERS);
        }
        return parts;
    }

    private static String text(CharSequence bytes) {
        String line = new String(bytes.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
