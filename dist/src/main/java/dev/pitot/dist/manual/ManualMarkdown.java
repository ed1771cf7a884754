package dev.pitot.dist.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the Markdown of manual pages: headings, paragraphs, lists, tables and examples; a line
/// `{word argument}` is replaced by what a generator writes. Used by one thread.
final class ManualMarkdown {
    private static final Pattern GENERATED = Pattern.compile("\\{([a-z]+)(?: ([a-z ]+))?}");
    private static final Pattern BULLET = Pattern.compile("(?:([*-])|([0-9]+\\.)) (.*)");
    private static final int KEY_CELLS = 4;
    private static final Pattern CELLS = Pattern.compile("(?<!\\\\)\\|");

    private final ManualPage page;
    private final BiConsumer<String, String> generator;
    private final List<String> lines;
    private int next;

    /// @param generator gets the word and the argument of a line to be generated
    ManualMarkdown(String markdown, ManualPage page, BiConsumer<String, String> generator) {
        this.page = page;
        this.generator = generator;
        lines = markdown.lines().filter(line -> !line.startsWith("<!--")).toList();
    }

    /// Writes everything to the page.
    void write() {
        while (next < lines.size()) {
            String line = lines.get(next);
            Matcher generated = GENERATED.matcher(line);
            if (line.isBlank()) {
                next++;
            } else if (line.startsWith("#")) {
                heading(line);
            } else if (line.startsWith("```")) {
                example();
            } else if (line.startsWith("|")) {
                table();
            } else if (generated.matches()) {
                next++;
                generator.accept(generated.group(1), generated.group(2) == null ? "" : generated.group(2));
            } else {
                text();
            }
        }
    }

    private void heading(String line) {
        next++;
        String title = line.replaceFirst("#+ ", "");
        if (line.startsWith("### ")) {
            page.subsection(title);
        } else {
            page.section(title);
        }
    }

    private void example() {
        List<String> example = new ArrayList<>();
        for (next++; !lines.get(next).startsWith("```"); next++) {
            example.add(lines.get(next));
        }
        next++;
        page.example(example);
    }

    /// A row is an item: its first cell, and below it the others. In tables of keys type and default come
    /// last. What the columns are is said above, unless only the first has a name.
    private void table() {
        List<String> head = cells();
        boolean hasKeys = head.size() == KEY_CELLS && head.getFirst().equals("key");
        if (!hasKeys && !head.get(1).isEmpty()) {
            page.paragraph(List.of(Troff.italic(head.getFirst()) + ": " + others(head)));
        }
        for (next++; next < lines.size() && lines.get(next).startsWith("|"); ) {
            List<String> cells = cells();
            page.item(Troff.markdown(cells.getFirst()), hasKeys ? key(cells) : others(cells));
        }
    }

    /// The cells of the next line.
    private List<String> cells() {
        String line = lines.get(next++).strip();
        return Stream.of(CELLS.split(line.substring(1, line.length() - 1), -1))
                .map(cell -> cell.strip().replace("\\|", "|"))
                .toList();
    }

    private static String others(List<String> cells) {
        return Troff.markdown(String.join("; ", cells.subList(1, cells.size())));
    }

    private static String key(List<String> cells) {
        String usual = cells.get(2);
        String rest = usual.isEmpty() ? "" : usual.equals("needed") ? "; needed" : "; default: " + usual;
        String text = cells.get(3);
        return Troff.markdown((text.isEmpty() ? "" : text + " ") + "(" + cells.get(1) + rest + ")");
    }

    /// A paragraph or an item of a list, to the next empty line or the next item.
    private void text() {
        Matcher bullet = BULLET.matcher(lines.get(next));
        boolean isItem = bullet.matches();
        var text = new StringBuilder(isItem ? bullet.group(3) : lines.get(next));
        for (next++; next < lines.size() && isContinued(lines.get(next)); next++) {
            text.append(text.toString().endsWith("\\") ? "\n" : " ")
                    .append(lines.get(next).strip());
        }
        List<String> broken = text.toString()
                .replace("\\\n", "\n")
                .lines()
                .map(Troff::markdown)
                .toList();
        if (isItem) {
            page.bullet(bullet.group(1) != null ? "\\(bu" : bullet.group(2), String.join(" ", broken));
        } else {
            page.paragraph(broken);
        }
    }

    private static boolean isContinued(String line) {
        return !line.isBlank()
                && !line.startsWith("|")
                && !line.startsWith("```")
                && !line.startsWith("#")
                && !BULLET.matcher(line).matches();
    }
}
