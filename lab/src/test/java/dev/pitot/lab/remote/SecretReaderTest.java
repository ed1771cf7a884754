package dev.pitot.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pitot.lab.node.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretReaderTest {
    private final SecretReader reader = new SecretReader(Map.of("LAB_PASSWORD", "s3cret", "EMPTY", "")::get);

    @TempDir
    private Path folder;

    @Test
    void readsAVariable() throws Exception {
        assertThat(reader.read("tate", new Secret.InVariable("LAB_PASSWORD"))).isEqualTo("s3cret");
    }

    @Test
    void readsTheFirstLineOfAFile() throws Exception {
        assertThat(reader.read("tate", new Secret.InFile(file("rw-------", "pass word\r\nnotes\n"))))
                .isEqualTo("pass word");
    }

    @Test
    void saysWhichVariableIsNotSet() {
        for (String name : new String[] {"MISSING", "EMPTY"}) {
            assertThatExceptionOfType(ConnectionException.class)
                    .isThrownBy(() -> reader.read("tate", new Secret.InVariable(name)))
                    .withMessage("tate: the variable " + name
                            + " of the environment, which should hold a secret, is not set; set it");
        }
    }

    @Test
    void refusesAFileThatOthersCanRead() throws Exception {
        for (String permissions : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
            Path file = file(permissions, "s3cret");

            assertThatExceptionOfType(ConnectionException.class)
                    .isThrownBy(() -> reader.read("tate", new Secret.InFile(file)))
                    .withMessage("tate: the file " + file
                            + ", which should hold a secret, is open to others; `chmod 600` closes it");
        }
    }

    @Test
    void refusesAFileWithoutASecret() throws Exception {
        assertThatExceptionOfType(ConnectionException.class)
                .isThrownBy(() -> reader.read("tate", new Secret.InFile(file("rw-------", "\nlater"))))
                .withMessageEndingWith("has none in its first line; write it there");
        assertThatExceptionOfType(ConnectionException.class)
                .isThrownBy(() -> reader.read("tate", new Secret.InFile(file("rw-------", "x".repeat(5000)))))
                .withMessageEndingWith("has none in its first line; write it there");
        assertThatExceptionOfType(ConnectionException.class)
                .isThrownBy(() -> reader.read("tate", new Secret.InFile(folder.resolve("none"))))
                .withMessageEndingWith("does not exist; make it");
    }

    private Path file(String permissions, String text) throws Exception {
        Path file = Files.createTempFile(folder, "secret", "");
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
