package dev.pitot.dist.manual;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/// Manual pages of this source tree, as if it were version 1.2.3 of 31 January 2026.
final class WrittenPages {
    static final Path PLAN_DOCUMENT = Path.of(System.getProperty("pitot.root", ".."), "docs/lab-plan.md");
    static final ManualPages PAGES = new ManualPages(PLAN_DOCUMENT, "1.2.3", Instant.parse("2026-01-31T10:00:00Z"));

    private WrittenPages() {}

    /// The page of a command without troff's fonts and escapes, but with its macros.
    static String plain(String command) throws IOException {
        return plainText(PAGES.command(command));
    }

    static String plainText(String troff) {
        return troff.replaceAll("\\\\(%|&|f[BIR])", "")
                .replace("\\-", "-")
                .replace("\\(aq", "'")
                .replace("\\e", "\\");
    }
}
