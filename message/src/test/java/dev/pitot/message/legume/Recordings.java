package dev.pitot.message.legume;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The datagrams that were recorded of the original, and what is known to be in them. Its JSON
/// has one value a line.
final class Recordings {
    private static final Pattern VALUE = Pattern.compile("\\s*\"(\\w+)\": \"?([^\",]*)\"?,?");

    private Recordings() {}

    /// One datagram.
    ///
    /// @param messages in order
    record Recorded(String source, String hex, List<Header> messages) {
        byte[] bytes() {
            return HexFormat.of().parseHex(hex);
        }

        BodyLengths bodyLengths() {
            return source.startsWith("python 2") ? UserTypes.PYTHON_2 : UserTypes.DECLARED;
        }
    }

    /// What stands before a message's body.
    record Header(int id, int sequence, int flags, int type) {}

    static List<Recorded> all() throws IOException {
        var recorded = new ArrayList<Recorded>();
        String source = "";
        List<Header> messages = List.of();
        var header = new int[4];
        try (var stream = Objects.requireNonNull(Recordings.class.getResourceAsStream("legume-golden.json"));
                var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher value = VALUE.matcher(line);
                if (!value.lookingAt()) {
                    continue;
                }
                String text = value.group(2);
                switch (value.group(1)) {
                    case "source" -> source = text;
                    case "hex" -> {
                        messages = new ArrayList<>();
                        recorded.add(new Recorded(source, text, messages));
                    }
                    case "message_id" -> header[0] = Integer.parseInt(text);
                    case "sequence" -> header[1] = Integer.parseInt(text);
                    case "ordered" -> header[2] = text.equals("true") ? 1 : 0;
                    case "reliable" -> header[2] |= text.equals("true") ? 2 : 0;
                    case "type" -> {
                        header[3] = Integer.parseInt(text);
                        messages.add(new Header(header[0], header[1], header[2], header[3]));
                    }
                    default -> {} // of no interest here
                }
            }
        }
        return recorded;
    }
}
