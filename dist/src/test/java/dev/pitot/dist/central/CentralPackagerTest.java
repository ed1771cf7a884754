package dev.pitot.dist.central;

import static dev.pitot.dist.central.SmallBundle.WIRE;
import static dev.pitot.dist.central.SmallBundle.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.testkit.Awaiter;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The real gpg, with a key that is made for this test and does not outlive it.
@Needs(Tool.GPG)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CentralPackagerTest {
    private static final String OWNER = "test@pitot.example";

    private Path home;
    private Gpg gpg;
    private @TempDir Path repository;
    private @TempDir Path output;

    @BeforeAll
    void makesAKey() throws Exception {
        // a short path: the agent's socket lies in it
        home = Files.createTempDirectory(
                "gpg", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        gpg("gpg", "--batch", "--passphrase", "", "--quick-generate-key", OWNER, "ed25519", "sign", "1d");
        gpg = new Gpg(home, OWNER);
    }

    @AfterAll
    void removesIt() throws Exception {
        gpg("gpgconf", "--kill", "all");
        Awaiter.await(() -> Files.notExists(home.resolve("S.gpg-agent"))); // the agent's last deed
        try (var files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @BeforeEach
    void deploys() throws IOException {
        deploy(SmallBundle.unsigned());
    }

    @Test
    void signsAndChecksWhatMavenDeployed() throws IOException {
        deploy("dev/pitot/pitot-wire/maven-metadata.xml", bytes("a list of versions, with the time"));
        deploy(WIRE + ".jar.sha1", bytes("Maven's own, which is made again"));
        Path zip = output.resolve("central.zip");

        assertThat(CentralPackager.create(repository, zip, gpg)).isEmpty();

        CentralBundle bundle = CentralBundle.read(zip);
        assertThat(bundle.signedFiles()).isEqualTo(SmallBundle.unsigned().signedFiles());
        assertThat(bundle.files()).hasSize(4 * bundle.signedFiles().size());
        assertThat(bundle.text(WIRE + ".jar.asc")).startsWith("-----BEGIN PGP SIGNATURE-----");
        assertThat(CentralCheck.wrongSignatures(bundle, gpg)).isEmpty();
    }

    @Test
    void writesNoBundleThatViolatesSomething() throws IOException {
        Files.delete(repository.resolve(WIRE + "-sources.jar"));
        Path zip = Files.write(output.resolve("central.zip"), bytes("of an earlier build"));

        assertThat(CentralPackager.create(repository, zip, gpg))
                .containsExactly(WIRE + "-sources.jar is missing: build with the profile release.");

        assertThat(zip).doesNotExist();
    }

    @Test
    void writesEqualFilesOfEqualBundles() throws IOException {
        Path first = output.resolve("first.zip");
        Path second = output.resolve("second.zip");
        CentralBundle bundle = CentralBundle.ofRepository(repository).withChecksums();

        bundle.write(first, CentralPackager.TIME);
        bundle.write(second, CentralPackager.TIME);

        assertThat(second).hasSameBinaryContentAs(first);
    }

    @Test
    void findsASignatureOfAnotherFile() throws IOException {
        var files = new TreeMap<>(SmallBundle.unsigned().signed(gpg).files());
        files.put(WIRE + ".jar.asc", files.get(WIRE + ".pom.asc"));

        assertThat(CentralCheck.wrongSignatures(new CentralBundle(files), gpg))
                .containsExactly(
                        WIRE + ".jar.asc is not a signature of that file by a key that gpg knows: sign it again.");
    }

    @Test
    void saysWhyItCannotSign() {
        var nobody = new Gpg(home, "nobody@pitot.example");

        assertThatThrownBy(() -> nobody.sign(bytes("text")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gpg --list-secret-keys")
                .hasMessageContaining("nobody@pitot.example");
    }

    private void deploy(CentralBundle bundle) throws IOException {
        for (String file : bundle.files().keySet()) {
            deploy(file, bundle.content(file));
        }
    }

    private void deploy(String file, byte[] content) throws IOException {
        Path place = repository.resolve(file);
        Files.createDirectories(place.getParent());
        Files.write(place, content);
    }

    private void gpg(String... command) throws Exception {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.DISCARD);
        builder.environment().put("GNUPGHOME", home.toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
