package dev.pitot.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// What `--help` shows: a text with a list of options in four places, each from the rows of its
/// table.
final class HelpText {
    private static final int WIDTH = 80;
    private static final int TEXT_COLUMN = 28;

    private HelpText() {}

    static String text() {
        return template()
                .replace("{common options}", lines(CommonOptionTable.ROWS))
                .replace("{server options}", lines(ServerOptionTable.ROWS))
                .replace("{client options}", lines(ClientOptionTable.ROWS))
                .replace("{metrics options}", lines(MetricsOptionTable.ROWS));
    }

    private static String template() {
        try (InputStream help = HelpText.class.getResourceAsStream("help.txt")) {
            return new String(
                    Objects.requireNonNull(help, "help.txt is missing from the build")
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String lines(List<Option> options) {
        return options.stream().map(HelpText::lines).collect(Collectors.joining("\n"));
    }

    /// The lines of one option: how it is written, and beside it or below, what it does.
    private static String lines(Option option) {
        String label = "  " + (option.hasLetter() ? "-" + option.letter() + ", " : "") + option
                + option.value().label();
        var text = new StringBuilder(label);
        int column = label.length();
        boolean isFirst = true;
        for (String word : option.help().split(" ", -1)) {
            boolean isFull = column + 1 + word.length() > WIDTH;
            if (isFull || (isFirst && column >= TEXT_COLUMN)) {
                text.append('\n');
                column = 0;
                isFirst = true;
            }
            int gap = isFirst ? TEXT_COLUMN - column : 1;
            text.repeat(' ', gap).append(word);
            column += gap + word.length();
            isFirst = false;
        }
        return text.toString();
    }
}
