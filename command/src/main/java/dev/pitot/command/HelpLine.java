package dev.pitot.command;

import java.util.List;

/// What the help says of one option, in one line.
final class HelpLine {
    private static final int TEXT_COLUMN = 28;

    private HelpLine() {}

    static String of(Option option) {
        List<String> lines = CommandLine.help().lines().toList();
        int line = 0;
        while (line < lines.size() && !isAbout(option, lines.get(line))) {
            line++;
        }
        if (line == lines.size()) {
            return option.names().getFirst();
        }
        String first = lines.get(line);
        boolean isBeside = first.length() > TEXT_COLUMN && first.charAt(TEXT_COLUMN - 1) == ' ';
        var text = new StringBuilder(isBeside ? first.substring(TEXT_COLUMN).strip() : "");
        for (int more = line + 1; more < lines.size() && isContinued(lines.get(more)); more++) {
            text.append(text.isEmpty() ? "" : " ").append(lines.get(more).strip());
        }
        return text.toString();
    }

    private static boolean isAbout(Option option, String line) {
        return line.matches("  (-. *, *)?" + option + "([ =<\\[,].*)?");
    }

    private static boolean isContinued(String line) {
        return line.length() > TEXT_COLUMN && line.substring(0, TEXT_COLUMN).isBlank();
    }
}
