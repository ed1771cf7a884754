package dev.pitot.dist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What systemd runs for a unit of ours, by the rules of systemd.service(5) that it uses: `${NAME}` is
/// one word, `$NAME` as many as the value has, `%i` the instance.
///
/// @param words the program and its arguments
/// @param variables of its environment, as `NAME=value`
record ServiceCommand(List<String> words, List<String> variables) {
    /// Reads a unit.
    ///
    /// @param environmentFile content of the file that the unit names
    static ServiceCommand of(String unit, String environmentFile, String instance) {
        Map<String, String> variables = new HashMap<>();
        add(variables, String.join("\n", values(unit, "Environment")));
        add(variables, environmentFile);
        List<String> words = new ArrayList<>();
        for (String word : values(unit, "ExecStart").getLast().split(" ", -1)) {
            if (word.startsWith("${")) {
                words.add(variables.getOrDefault(word.substring(2, word.length() - 1), ""));
            } else if (word.startsWith("$")) {
                Arrays.stream(variables.getOrDefault(word.substring(1), "").split(" ", -1))
                        .filter(part -> !part.isEmpty())
                        .forEach(words::add);
            } else {
                words.add(word.replace("%i", instance));
            }
        }
        return new ServiceCommand(
                words,
                variables.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList());
    }

    private static List<String> values(String unit, String name) {
        return unit.lines()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .toList();
    }

    private static void add(Map<String, String> variables, String lines) {
        Matcher matcher =
                Pattern.compile("^([A-Z_]+)=\"?(.*?)\"?$", Pattern.MULTILINE).matcher(lines);
        while (matcher.find()) {
            variables.put(matcher.group(1), matcher.group(2));
        }
    }
}
