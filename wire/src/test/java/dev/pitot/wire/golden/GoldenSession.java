package dev.pitot.wire.golden;

import dev.pitot.testkit.GoldenFiles;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Recorded session. A line of its file is `C` or `S` for the sender on the control connection,
/// followed by bytes in hexadecimal, or `cookie` and its text, or `frame` and its JSON, without its
/// length. Datagrams follow: `UC` or `US`, the client's port, the length, and the first bytes in
/// hexadecimal.
///
/// @param name version and case, for example `3.21/tcp-P2`
public record GoldenSession(String name, List<String> lines) {
    private static final List<String> CASES =
            List.of("tcp", "tcp-P2", "tcp-R", "tcp-bidir-P2", "tcp-all-params", "auth-ok", "busy");
    private static final List<String> UDP_CASES =
            List.of("udp", "udp-P2", "udp-R", "udp-bidir", "udp-64bit", "udp-all-params");
    private static final List<String> ENDED_EARLY = List.of("client-sigint", "server-sigint", "server-limit");

    /// Recorded datagram.
    ///
    /// @param clientPort identifies the stream
    /// @param bytes length of the whole datagram
    /// @param start the first bytes, as recorded
    public record Datagram(boolean fromClient, int clientPort, int bytes, ByteBuffer start) {}

    /// Returns all sessions, of 3.12, 3.21 and mixed versions.
    public static Stream<GoldenSession> all() {
        return Stream.concat(tcp(), udp());
    }

    private static Stream<GoldenSession> tcp() {
        return Stream.concat(
                        ofBoth(Stream.of(CASES, ENDED_EARLY)
                                .flatMap(List::stream)
                                .toList()),
                        Stream.of(
                                "3.21/server-max-duration",
                                "mixed-client3.12-server3.21/tcp",
                                "mixed-client3.12-server3.21/auth-pkcs1-ok",
                                "mixed-client3.21-server3.12/tcp"))
                .map(GoldenSession::of);
    }

    /// Returns the sessions of UDP tests.
    public static Stream<GoldenSession> udp() {
        return Stream.concat(
                        ofBoth(UDP_CASES),
                        Stream.of("mixed-client3.12-server3.21/udp-R", "mixed-client3.21-server3.12/udp-bidir-omit"))
                .map(GoldenSession::of);
    }

    private static Stream<String> ofBoth(List<String> cases) {
        return Stream.of("3.12", "3.21").flatMap(version -> cases.stream().map(name -> version + "/" + name));
    }

    public static GoldenSession of(String name) {
        return new GoldenSession(
                name, GoldenFiles.text("wire/" + name + ".txt").lines().toList());
    }

    /// Returns the client's lines after its cookie.
    public List<String> clientLines() {
        return said("C ", line -> !line.startsWith("cookie "));
    }

    /// Returns the server's lines.
    public List<String> serverLines() {
        return said("S ", _ -> true);
    }

    public String parameters() {
        return clientFrames().getFirst();
    }

    /// Returns the results of both ends.
    public Stream<String> results() {
        return Stream.concat(clientFrames().stream().skip(1), frames(serverLines()).stream());
    }

    public String cookie() {
        return said("C ", line -> line.startsWith("cookie ")).getFirst().substring("cookie ".length());
    }

    /// Returns the recorded datagrams: the first and the last ones.
    public List<Datagram> datagrams() {
        return lines.stream()
                .filter(line -> line.startsWith("U"))
                .map(line -> datagram(line.split(" ", -1)))
                .toList();
    }

    private static Datagram datagram(String[] fields) {
        return new Datagram(
                fields[0].equals("UC"),
                Integer.parseInt(fields[1]),
                Integer.parseInt(fields[2]),
                ByteBuffer.wrap(HexFormat.of().parseHex(fields[3])));
    }

    /// Returns the bytes of lines.
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
