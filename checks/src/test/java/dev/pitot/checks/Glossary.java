package dev.pitot.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words of docs/glossary.md: terms, each with its meaning in a row of a table, and ordinary words
/// in a block.
final class Glossary {
    private static final Pattern TERM = Pattern.compile("(?m)^\\| ([A-Z]\\w*(?:, [A-Z]\\w*)*) \\|");
    private static final Pattern ORDINARY = Pattern.compile("(?s)```\\n(.*?)```");
    private static final Pattern WORD_BORDER = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private Glossary() {}

    /// Words of both kinds.
    static Set<String> words() {
        Set<String> words = new HashSet<>(terms());
        words.addAll(ordinaryWords());
        return words;
    }

    static Set<String> terms() {
        Set<String> terms = new TreeSet<>();
        Matcher rows = TERM.matcher(text());
        while (rows.find()) {
            terms.addAll(Arrays.asList(rows.group(1).split(", ")));
        }
        terms.remove("Term"); // the table's header
        return terms;
    }

    static Set<String> ordinaryWords() {
        Matcher block = ORDINARY.matcher(text());
        if (!block.find()) {
            throw new IllegalStateException("docs/glossary.md has no block of ordinary words");
        }
        return new TreeSet<>(Arrays.asList(block.group(1).strip().split("\\s+")));
    }

    /// Splits a type's name into words: `TcpListener` has `Tcp` and `Listener`.
    static List<String> wordsOf(String typeName) {
        return List.of(WORD_BORDER.split(typeName));
    }

    private static String text() {
        try {
            return Files.readString(SourceTree.root().resolve("docs/glossary.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
