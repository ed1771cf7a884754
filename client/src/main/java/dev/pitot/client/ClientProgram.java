package dev.pitot.client;

import dev.pitot.output.ProgramInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Program version and system information of the document (`start.version`, `start.system_info`).
final class ClientProgram {
    private static final String IPERF_VERSION = "3.21"; // version of the protocol and output

    private ClientProgram() {}

    /// Returns the library's version, and the system's name, version and architecture from Java's
    /// properties.
    static ProgramInfo program() {
        String system = String.join(
                " ", System.getProperty("os.name"), System.getProperty("os.version"), System.getProperty("os.arch"));
        return new ProgramInfo("iperf " + IPERF_VERSION + " (Pitot " + version() + ")", system);
    }

    /// Returns the version of the build, which Maven writes into a resource.
    private static String version() {
        try (InputStream resource = ClientProgram.class.getResourceAsStream("version.txt")) {
            if (resource == null) {
                throw new IllegalStateException("version.txt is missing from the build");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
