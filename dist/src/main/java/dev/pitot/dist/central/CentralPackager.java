package dev.pitot.dist.central;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;

/// Program that makes the bundle for Maven Central, which `./package --central` runs after the build:
/// `CentralPackager REPOSITORY ZIP [KEY]`.
final class CentralPackager {
    /// Time of every entry, as in the jars: no bundle says when it was made.
    static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    private CentralPackager() {}

    public static void main(String[] args) throws IOException {
        Path zip = Path.of(args[1]);
        try {
            var gpg = new Gpg(null, args.length > 2 ? args[2] : null);
            List<String> violations = create(Path.of(args[0]), zip, gpg);
            violations.forEach(violation -> System.err.println("package: " + violation));
            if (!violations.isEmpty()) {
                System.exit(1);
            }
            System.out.println(String.format(
                    Locale.ROOT, "Bundle for Maven Central, checked: %.1f MB %s", Files.size(zip) / 1e6, zip));
        } catch (IOException e) {
            System.err.println("package: " + e.getMessage());
            System.exit(1);
        }
    }

    /// Signs, checks and writes a bundle; nothing is written if it violates something.
    ///
    /// @param repository folder into which Maven deployed the modules
    /// @return what it violates
    static List<String> create(Path repository, Path zip, Gpg gpg) throws IOException {
        Files.deleteIfExists(zip);
        CentralBundle bundle =
                CentralBundle.ofRepository(repository).signed(gpg).withChecksums();
        List<String> violations = CentralCheck.violations(bundle);
        if (violations.isEmpty()) {
            bundle.write(zip, TIME);
            violations = CentralCheck.wrongSignatures(CentralBundle.read(zip), gpg);
        }
        return violations;
    }
}
