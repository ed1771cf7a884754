package dev.pitot.command;

/// What the help says of one option in its first line.
final class HelpLine {
    private static final int TEXT_COLUMN = 28;

    private HelpLine() {}

    /// Plain words: nothing in them means anything to a shell.
    static String of(Option option) {
        boolean isFound = false;
        for (String line : CommandLine.help().lines().toList()) {
            if (isFound || isAbout(option, line)) {
                isFound = true;
                if (line.length() > TEXT_COLUMN
                        && line.substring(0, TEXT_COLUMN).endsWith(" ")) {
                    return plain(line.substring(TEXT_COLUMN).strip());
                }
            }
        }
        return plain(option.names().getFirst());
    }

    private static boolean isAbout(Option option, String line) {
        return line.matches("  (-. *, *)?" + option + "([ =<\\[,].*)?");
    }

    private static String plain(String text) {
        return text.replaceAll("[^A-Za-z0-9 .,;/%+-]", "");
    }
}
