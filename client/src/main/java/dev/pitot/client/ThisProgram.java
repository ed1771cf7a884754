package dev.pitot.client;

import dev.pitot.output.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// What the document says of its maker (`start.version`, `start.system_info`).
final class ThisProgram {
    private static final String IPERF_VERSION = "3.21"; // the version whose protocol and output are spoken

    private ThisProgram() {}

    /// The library's version, and what Java knows of the system.
    static Program program() {
        String system = String.join(
                " ", System.getProperty("os.name"), System.getProperty("os.version"), System.getProperty("os.arch"));
        return new Program("iperf " + IPERF_VERSION + " (Pitot " + version() + ")", system);
    }

    /// The version of the build, which Maven writes into a resource.
    private static String version() {
        try (InputStream resource = ThisProgram.class.getResourceAsStream("version.txt")) {
            if (resource == null) {
                throw new IllegalStateException("version.txt is missing from the build");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
