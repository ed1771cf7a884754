package dev.pitot.lab.os;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads lists of processes.
final class ProcessTable {
    /// `ps -o pid= -o comm=`: the number and the rest of the line.
    private static final Pattern NUMBER_AND_NAME = Pattern.compile("\\s*(\\d{1,10})\\s+(\\S.*?)\\s*");

    /// `tasklist /FO CSV /NH`: image name and number come first.
    private static final Pattern TASK = Pattern.compile("\"([^\"]+)\",\"(\\d{1,10})\",.*");

    /// procps writes it behind the name of a process that has ended but was not waited for.
    private static final String ENDED = "<defunct>";

    private static final String WINDOWS_PROGRAM = ".exe";

    private ProcessTable() {}

    /// Two columns without a title.
    static @Nullable List<ListedProcess> numberAndName(String output) {
        List<ListedProcess> found = new ArrayList<>();
        boolean isTold = false;
        for (String line : TextSearch.lines(output)) {
            Matcher matcher = NUMBER_AND_NAME.matcher(line);
            if (matcher.matches()) {
                isTold = true;
                add(found, matcher.group(1), matcher.group(2));
            }
        }
        return isTold ? found : null;
    }

    /// Columns with titles, as `ps` of Android and busybox has them: the number is under `PID`,
    /// the name is the last column or begins under the last title.
    static @Nullable List<ListedProcess> titled(String output) {
        int pidColumn = -1;
        int columns = 0;
        List<ListedProcess> found = new ArrayList<>();
        for (String line : TextSearch.lines(output)) {
            String[] words = line.strip().split("\\s+", -1);
            if (pidColumn < 0) {
                pidColumn = Arrays.asList(words).indexOf("PID");
                columns = words.length;
                continue;
            }
            // The state (`S`, `R`, `Z`) has no title in the oldest `ps` of Android.
            int nameColumn = words.length > columns && words[columns - 1].length() == 1 ? columns : columns - 1;
            boolean isWhole = nameColumn > 0 && words.length > Math.max(pidColumn, nameColumn);
            if (isWhole && !"Z".equals(words[nameColumn - 1])) {
                add(found, words[pidColumn], words[nameColumn]);
            }
        }
        return found.isEmpty() ? null : found; // titles alone: it took the options for a filter
    }

    static @Nullable List<ListedProcess> tasks(String output) {
        List<ListedProcess> found = new ArrayList<>();
        boolean isTold = false;
        for (String line : TextSearch.lines(output)) {
            Matcher matcher = TASK.matcher(line.strip());
            if (matcher.matches()) {
                isTold = true;
                String image = matcher.group(1);
                boolean hasEnding = image.toLowerCase(Locale.ROOT).endsWith(WINDOWS_PROGRAM);
                add(
                        found,
                        matcher.group(2),
                        hasEnding ? image.substring(0, image.length() - WINDOWS_PROGRAM.length()) : image);
            }
        }
        return isTold ? found : null;
    }

    private static void add(List<ListedProcess> found, String number, String name) {
        if (name.endsWith(ENDED) || !number.matches("\\d{1,10}") || Long.parseLong(number) < 2) {
            return;
        }
        found.add(new ListedProcess(Long.parseLong(number), name.substring(name.lastIndexOf('/') + 1)));
    }
}
