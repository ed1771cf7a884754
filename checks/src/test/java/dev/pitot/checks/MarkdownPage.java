package dev.pitot.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Links and headings of one page of documentation. Blocks and pieces of code are left out.
///
/// @param file the page
/// @param links what the page links to, as written
/// @param anchors names of its headings in links, as code hosts make them
record MarkdownPage(Path file, List<String> links, Set<String> anchors) {
    private static final Pattern LINK =
            Pattern.compile("\\[[^]]*]\\(([^)\\s]+)\\)|\\b(?:src|href|srcset)=\"([^\"]+)\"");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.+)");
    private static final Pattern CODE = Pattern.compile("(`+).+?\\1");
    private static final Pattern ELSEWHERE = Pattern.compile("(?:https?|mailto):.*");

    MarkdownPage {
        links = List.copyOf(links);
        anchors = Set.copyOf(anchors);
    }

    static MarkdownPage read(Path file) throws IOException {
        List<String> links = new ArrayList<>();
        Set<String> anchors = new TreeSet<>();
        Map<String, Integer> seen = new HashMap<>();
        forEachLineOfProse(Files.readString(file), line -> {
            Matcher link = LINK.matcher(CODE.matcher(line).replaceAll("``"));
            while (link.find()) {
                links.add(link.group(1) != null ? link.group(1) : link.group(2));
            }
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String anchor = anchorOf(heading.group(1));
                int before = seen.merge(anchor, 1, Integer::sum) - 1;
                anchors.add(before == 0 ? anchor : anchor + "-" + before);
            }
        });
        return new MarkdownPage(file, links, anchors);
    }

    private static void forEachLineOfProse(String text, Consumer<String> action) {
        boolean isCode = false;
        for (String line : text.split("\n", -1)) {
            if (line.strip().startsWith("```")) {
                isCode = !isCode;
            } else if (!isCode) {
                action.accept(line);
            }
        }
    }

    private static String anchorOf(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    /// Returns the links that lead to nothing: no such file, or no such heading in it. Links to other hosts
    /// are not looked at.
    List<String> brokenLinks() throws IOException {
        List<String> broken = new ArrayList<>();
        for (String link : links) {
            if (!ELSEWHERE.matcher(link).matches() && !leadsSomewhere(link)) {
                broken.add(file.getFileName() + ": " + link);
            }
        }
        return broken;
    }

    private boolean leadsSomewhere(String link) throws IOException {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? file : file.resolveSibling(path);
        if (hash < 0) {
            return Files.exists(target);
        }
        return Files.isRegularFile(target) && read(target).anchors().contains(link.substring(hash + 1));
    }
}
