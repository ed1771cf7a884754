package dev.pitot.command;

import java.util.List;

/// What the help says of one option, in one line.
final class HelpLine {
    private static final int TEXT_COLUMN = 28;

    private HelpLine() {}

    static String of(Option option) {
        List<String> lines = lines(option);
        if (lines.isEmpty()) {
            return option.names().getFirst();
        }
        String first = lines.getFirst();
        boolean isBeside = first.length() > TEXT_COLUMN && first.charAt(TEXT_COLUMN - 1) == ' ';
        var text = new StringBuilder(isBeside ? first.substring(TEXT_COLUMN).strip() : "");
        for (String more : lines.subList(1, lines.size())) {
            text.append(text.isEmpty() ? "" : " ").append(more.strip());
        }
        return text.toString();
    }

    /// All lines that the help has on an option, as they are.
    static List<String> lines(Option option) {
        List<String> lines = CommandLine.help().lines().toList();
        int line = 0;
        while (line < lines.size() && !isAbout(option, lines.get(line))) {
            line++;
        }
        int end = Math.min(line + 1, lines.size());
        while (end < lines.size() && isContinued(lines.get(end))) {
            end++;
        }
        return lines.subList(line, end);
    }

    private static boolean isAbout(Option option, String line) {
        return line.matches("  (-. *, *)?" + option + "([ =<\\[,].*)?");
    }

    private static boolean isContinued(String line) {
        return line.length() > TEXT_COLUMN && line.substring(0, TEXT_COLUMN).isBlank();
    }
}
