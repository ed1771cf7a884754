package dev.pitot.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Diagram of all modules and their dependencies, generated from their descriptors (module-info.java).
/// A module is drawn above those that it uses. A dependency is drawn unless it follows from the others.
final class ModulePicture {
    private static final Pattern DESCRIPTION = Pattern.compile("(?m)^/// (.+)$");
    private static final Pattern REQUIRES =
            Pattern.compile("requires (?:transitive |static )*dev\\.pitot\\.([\\w.]+);");
    private static final int BOX_WIDTH = 142;
    private static final int BOX_HEIGHT = 74;
    private static final int GAP_X = 14;
    private static final int GAP_Y = 46;
    private static final int LINE_CHARS = 24; // 11 pixels high, in a box

    private final Map<String, Set<String>> uses = new TreeMap<>();
    private final Map<String, String> descriptions = new TreeMap<>();

    private ModulePicture() {}

    static ModulePicture of(Path root) throws IOException {
        var picture = new ModulePicture();
        try (Stream<Path> folders = Files.list(root)) {
            for (Path folder : folders.sorted().toList()) {
                Path descriptor = folder.resolve("src/main/java/module-info.java");
                if (Files.exists(descriptor)) {
                    picture.add(folder.getFileName().toString(), Files.readString(descriptor));
                }
            }
        }
        return picture;
    }

    private void add(String module, String descriptor) {
        Set<String> used = new TreeSet<>();
        Matcher requires = REQUIRES.matcher(descriptor);
        while (requires.find()) {
            used.add(requires.group(1).replace('.', '-'));
        }
        uses.put(module, used);
        Matcher description = DESCRIPTION.matcher(descriptor);
        descriptions.put(
                module,
                description.find() ? description.group(1).split("[:.;(]", -1)[0].strip() : "");
    }

    /// Modules that each module uses, according to its descriptor.
    Map<String, Set<String>> uses() {
        return uses;
    }

    /// Returns the diagram, with its content as text for screen readers.
    String svg() {
        Map<Integer, List<String>> rows =
                uses.keySet().stream().collect(Collectors.groupingBy(this::level, TreeMap::new, Collectors.toList()));
        int columns = rows.values().stream().mapToInt(List::size).max().orElse(1);
        int width = columns * (BOX_WIDTH + GAP_X) + GAP_X;
        int height = rows.size() * (BOX_HEIGHT + GAP_Y);
        Map<String, int[]> places = places(rows, width, height);
        var svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" "
                        .formatted(width, height))
                .append("aria-labelledby=\"title desc\" font-family=\"sans-serif\">\n")
                .append("<title id=\"title\">Modules of Pitot</title>\n<desc id=\"desc\">")
                .append(text())
                .append("</desc>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        uses.forEach((module, used) -> {
            for (String other : direct(used)) {
                svg.append(line(place(places, module), place(places, other)));
            }
        });
        places.forEach((module, place) -> svg.append(box(module, place)));
        return svg.append("</svg>\n").toString();
    }

    /// Returns the diagram in words: a sentence for each module.
    String text() {
        return uses.entrySet().stream()
                .map(module -> module.getKey()
                        + (module.getValue().isEmpty()
                                ? " uses no other module."
                                : " uses " + String.join(", ", module.getValue()) + "."))
                .collect(Collectors.joining(" "));
    }

    /// Level of a module: 0 for one that uses none, otherwise one more than the highest level of those
    /// that it uses.
    private int level(String module) {
        return uses.getOrDefault(module, Set.of()).stream()
                .mapToInt(other -> level(other) + 1)
                .max()
                .orElse(0);
    }

    /// Returns the modules that no other one of them uses.
    private Set<String> direct(Set<String> used) {
        Set<String> direct = new TreeSet<>(used);
        used.forEach(other -> direct.removeAll(reachable(other)));
        return direct;
    }

    private Set<String> reachable(String module) {
        Set<String> all = new HashSet<>();
        for (String other : uses.getOrDefault(module, Set.of())) {
            all.add(other);
            all.addAll(reachable(other));
        }
        return all;
    }

    private static Map<String, int[]> places(Map<Integer, List<String>> rows, int width, int height) {
        Map<String, int[]> places = new TreeMap<>();
        rows.forEach((level, modules) -> {
            int rowWidth = modules.size() * (BOX_WIDTH + GAP_X) - GAP_X;
            int x = (width - rowWidth) / 2;
            for (String module : modules) {
                places.put(module, new int[] {x, height - (level + 1) * (BOX_HEIGHT + GAP_Y) + GAP_Y / 2});
                x += BOX_WIDTH + GAP_X;
            }
        });
        return places;
    }

    private static String line(int[] from, int[] to) {
        return "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#8899aa\"/>%n"
                .formatted(from[0] + BOX_WIDTH / 2, from[1] + BOX_HEIGHT, to[0] + BOX_WIDTH / 2, to[1])
                .replace("\r", "");
    }

    private String box(String module, int[] place) {
        var box = new StringBuilder();
        box.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#eef4fb\" stroke=\"#336699\"/>\n"
                .formatted(place[0], place[1], BOX_WIDTH, BOX_HEIGHT));
        int y = place[1] + 18;
        box.append(text(place[0], y, "13\" font-weight=\"bold", module));
        for (String line : wrapped(descriptions.getOrDefault(module, ""))) {
            y += 14;
            box.append(text(place[0], y, "11", line));
        }
        return box.toString();
    }

    private static int[] place(Map<String, int[]> places, String module) {
        return Objects.requireNonNull(places.get(module), module);
    }

    private static String text(int x, int y, String size, String words) {
        return "<text x=\"%d\" y=\"%d\" font-size=\"%s\" text-anchor=\"middle\">%s</text>\n"
                .formatted(x + BOX_WIDTH / 2, y, size, words);
    }

    private static List<String> wrapped(String words) {
        List<String> lines = new ArrayList<>();
        var line = new StringBuilder();
        for (String word : words.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > LINE_CHARS) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines.stream().limit(3).toList();
    }
}
