package dev.pitot.output;

import dev.pitot.model.result.TestRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// What iperf 3.21 printed on a machine of ours, one file per case. `.server` stands in the names
/// of what servers printed; a `.meta` beside a text holds what went to standard error.
///
/// Not here: wrong options, which never come to a test; `tcp-debug`, whose words are not
/// imitated; and empty outputs of processes that were killed.
@NullMarked
public final class Goldens {
    /// The iperf and the system that printed them.
    public static final Program PROGRAM =
            new Program("iperf 3.21+", "Linux vm 6.18.44-fc-v657 #1 SMP PREEMPT_DYNAMIC @0 x86_64");

    private static final String ROOT = "/golden/3.21/";

    private Goldens() {}

    public static String read(String name) {
        try (InputStream in = Goldens.class.getResourceAsStream(ROOT + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no golden: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All that there are, in the order of their names.
    ///
    /// @param ending of their names
    public static List<String> names(String ending) {
        URL one = Objects.requireNonNull(Goldens.class.getResource(ROOT + "tcp.txt"));
        try (Stream<Path> files = Files.list(Path.of(one.toURI()).resolveSibling("."))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Which end printed it.
    public static TestRole role(String name) {
        // the case of a server that cannot listen has no client
        boolean isServer = name.contains(".server.") || name.startsWith("err-server-port-in-use");
        return isServer ? TestRole.SERVER : TestRole.CLIENT;
    }

    /// What one test printed on standard error; nothing where there is no `.meta`.
    ///
    /// @param name of the text
    public static List<String> errors(String name) {
        String meta = name.replace(".server", "") + ".meta";
        if (!names(".meta").contains(meta)) {
            return List.of();
        }
        String end = name.contains(".server.") ? "server" : "client";
        return Pattern.compile("(?ms)^" + end + " stderr:\n(.*?)(?:\n\n|\\z)")
                .matcher(read(meta))
                .results()
                .flatMap(found -> found.group(1).lines())
                .toList();
    }
}
