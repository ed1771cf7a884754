package dev.pitot.wire.golden;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The control connection of one recorded session. A line of its file is `C` or `S` for the end that speaks, then
/// bytes in hexadecimal, or `cookie` and its text, or `frame` and its JSON, whose length is left out.
///
/// @param name version and case, for example `3.21/tcp-P2`
public record GoldenSession(String name, List<String> lines) {
    private static final List<String> TCP_CASES = List.of("tcp", "tcp-P2", "tcp-R", "tcp-bidir-P2", "busy");
    private static final List<String> ENDED_EARLY = List.of("client-sigint", "server-sigint", "server-limit");

    /// All sessions of TCP tests, of 3.12, 3.21 and mixed ends.
    public static Stream<GoldenSession> all() {
        Stream<String> both = Stream.of("3.12", "3.21")
                .flatMap(version -> Stream.of(TCP_CASES, ENDED_EARLY, List.of("tcp-all-params"))
                        .flatMap(List::stream)
                        .map(name -> version + "/" + name));
        Stream<String> others = Stream.of(
                "3.21/server-max-duration", "mixed-client3.12-server3.21/tcp", "mixed-client3.21-server3.12/tcp");
        return Stream.concat(both, others).map(GoldenSession::of);
    }

    public static GoldenSession of(String name) {
        try (InputStream file = GoldenSession.class.getResourceAsStream("/golden/wire/" + name + ".txt")) {
            String text = new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
            return new GoldenSession(name, text.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the client said after its cookie, line by line.
    public List<String> clientLines() {
        return said("C ", line -> !line.startsWith("cookie "));
    }

    /// What the server said, line by line.
    public List<String> serverLines() {
        return said("S ", _ -> true);
    }

    public String parameters() {
        return clientFrames().getFirst();
    }

    /// Of both ends.
    public Stream<String> results() {
        return Stream.concat(clientFrames().stream().skip(1), frames(serverLines()).stream());
    }

    public String cookie() {
        return said("C ", line -> line.startsWith("cookie ")).getFirst().substring("cookie ".length());
    }

    /// The bytes behind lines.
    public static byte[] bytes(List<String> lines) {
        var bytes = new ByteArrayOutputStream();
        for (String line : lines) {
            if (line.startsWith("frame ")) {
                byte[] body = line.substring("frame ".length()).getBytes(StandardCharsets.UTF_8);
                bytes.writeBytes(
                        ByteBuffer.allocate(Integer.BYTES).putInt(body.length).array());
                bytes.writeBytes(body);
            } else {
                bytes.writeBytes(HexFormat.of().parseHex(line));
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return name;
    }

    private List<String> clientFrames() {
        return frames(clientLines());
    }

    private static List<String> frames(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("frame "))
                .map(line -> line.substring("frame ".length()))
                .toList();
    }

    private List<String> said(String end, Predicate<String> which) {
        return lines.stream()
                .filter(line -> line.startsWith(end))
                .map(line -> line.substring(end.length()))
                .filter(which)
                .toList();
    }
}
