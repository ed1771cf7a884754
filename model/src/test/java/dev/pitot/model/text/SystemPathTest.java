package dev.pitot.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SystemPathTest {
    private static final List<String> NAMES =
            List.of("plain", "a b%41", "dätei", "L\udce4tin", "\ufffd", "line\nend", "c:\\x?#;&+", "…/..x");

    @TempDir
    Path folder;

    @Test
    void aPlainNameIsJavasPath() {
        assertThat(SystemPath.of("a/b")).isEqualTo(Path.of("a/b"));
        assertThat(SystemPath.of("")).isEqualTo(Path.of(""));
    }

    @Test
    @EnabledOnOs(OS.LINUX) // other systems may restrict file names
    void theNameOfTheFileIsTheBytesOfTheText() throws IOException {
        Files.createDirectories(SystemPath.of(folder + "/…"));
        for (String name : NAMES) {
            Files.writeString(SystemPath.of(folder + "/" + name), name.length() + "");

            assertThat(folder.toUri() + octets(name))
                    .satisfies(uri -> assertThat(Path.of(URI.create(uri))).exists());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aRelativeNameIsLookedForInTheWorkingDirectory() throws IOException {
        String name = "target/L\udce4tin";

        Files.writeString(SystemPath.of(name), "");

        try (Stream<Path> files = Files.list(Path.of("target"))) {
            assertThat(files.map(file -> file.toUri().toString())).anyMatch(uri -> uri.endsWith("/L%E4tin"));
        } finally {
            Files.delete(SystemPath.of(name));
        }
    }

    /// Returns the path in a URI.
    private static String octets(String name) {
        var text = new StringBuilder();
        for (byte octet : SurrogateEscape.encode(name)) {
            text.append(octet == '/' ? "/" : "%%%02X".formatted(Byte.toUnsignedInt(octet)));
        }
        return text.toString();
    }
}
