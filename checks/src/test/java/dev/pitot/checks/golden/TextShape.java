package dev.pitot.checks.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Shape of printed lines: the text without its numbers. `#` stands for a column of a number, `N` for a
/// number of any width, `_` for a prefix of a unit. Interval reports are folded: any number of equal
/// ones counts as one.
final class TextShape {
    private static final Pattern INTERVAL =
            Pattern.compile("^(?:[^\\[]*)(\\[ *\\w+](?:\\[[TR]X-[CS]])?) +\\d.* sec .*");
    private static final Pattern SUMMARY = Pattern.compile(".*(sender|receiver|out-of-order|duplicate datagrams.*)$");
    private static final Pattern OWN_HEADING = Pattern.compile(".*(Round trip, ms {2,}Idle.*|Findings)");
    private static final Pattern OWN_END =
            Pattern.compile("(.*: {2})?[^ ]*:? *|.*(-----------|Server (JSON )?output:|iperf3: |Server listening).*");
    private static final String SEPARATOR = "- - - - - - - - - - - - - - - - - - - - - - - - -";

    private static final Pattern ISO_STAMP = Pattern.compile("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d ");
    private static final Pattern C_STAMP = Pattern.compile("^\\w{3} \\w{3} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\d{4} ");
    private static final Pattern IDENTIFIER = Pattern.compile("\\[ *\\d+]");
    private static final Pattern SPAN = Pattern.compile("( +\\d+\\.\\d+)-(\\d+\\.\\d+ +)sec");
    private static final Pattern QUANTITY =
            Pattern.compile("( +)(\\d[\\d.]*) ([KMGT]?)(Bytes/sec|bits/sec|Bytes|Byte|bits)\\b");
    private static final Pattern JITTER = Pattern.compile("  \\d+\\.\\d{3} ms");
    private static final Pattern LOSS = Pattern.compile("-?\\d+/-?\\d+ \\([-+\\d.e]+%\\)");
    private static final Pattern UNKNOWN_LOSS = Pattern.compile("Unknown/\\d+");
    private static final Pattern DATAGRAMS = Pattern.compile("/sec( {2}| {12})\\d+  (\\(omitted\\))?$");
    private static final Pattern RETRANSMITS = Pattern.compile("/sec( {2,})(\\d+) ");
    private static final Pattern PERCENT = Pattern.compile("\\d+(\\.\\d+)?%");
    private static final Pattern COUNTED = Pattern.compile("\\d+ ((datagrams|duplicate datagrams) received)");
    private static final Pattern PORT = Pattern.compile("(port|listening on) \\d+");
    private static final Pattern COOKIE = Pattern.compile("Cookie: \\S{36}$");
    private static final Pattern TIME = Pattern.compile("Time: \\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT$");
    private static final Pattern SYSTEM = Pattern.compile("^Linux .*");
    private static final Pattern VERSION = Pattern.compile("^iperf 3\\..*");
    private static final Pattern DURATION = Pattern.compile("\\d+ second test");
    private static final Pattern MSS =
            Pattern.compile("(Control connection MSS|block size to|MSS:|protocol: UDP, \\d+ streams,) \\d+");

    private static final int QUANTITY_DIGITS = 4; // units.c: unit_snprintf never has fewer, but may have more
    private static final int RETRANSMIT_DIGITS = 3; // iperf_locale.c: %3ld

    private final boolean keepsUnits;
    private final List<String> shape = new ArrayList<>();
    private final List<List<String>> blocks = new ArrayList<>();
    private final List<String> identifiers = new ArrayList<>();
    private int separators;

    private TextShape(boolean keepsUnits) {
        this.keepsUnits = keepsUnits;
    }

    /// Returns the shape of a text, ignoring units.
    static List<String> of(String text) {
        return of(text, false);
    }

    /// Returns the shape of a text.
    ///
    /// @param keepsUnits true to compare the units of rates, which otherwise depend on the speed of the
    ///     run
    static List<String> of(String text, boolean keepsUnits) {
        var shape = new TextShape(keepsUnits);
        List<String> lines = withoutOwnBlocks(withoutHelp(text.lines().toList()));
        for (int i = 0; i < lines.size(); i++) {
            boolean isFollowedByInterval = i + 1 < lines.size() && isInterval(lines.get(i + 1));
            shape.add(lines.get(i), isFollowedByInterval);
        }
        shape.endIntervals();
        return shape.shape;
    }

    /// Removes the help at the end of the output, where each program has its own text.
    private static List<String> withoutHelp(List<String> lines) {
        for (int i = 0; i + 1 < lines.size(); i++) {
            if (lines.get(i).startsWith("Usage: ") && lines.get(i + 1).startsWith(" ")) {
                List<String> rest = new ArrayList<>(lines.subList(0, i));
                rest.add("(help)");
                return rest;
            }
        }
        return lines;
    }

    /// Removes Pitot's own blocks, of round trips and of findings, each with the empty line before it.
    private static List<String> withoutOwnBlocks(List<String> lines) {
        List<String> rest = new ArrayList<>();
        boolean isInside = false;
        for (String line : lines) {
            boolean begins = OWN_HEADING.matcher(line).matches();
            if (begins && !isInside) { // with a time before it, an empty line does not end the block before
                rest.removeLast();
            }
            isInside = begins || (isInside && !OWN_END.matcher(line).matches());
            if (!isInside) {
                rest.add(line);
            }
        }
        return rest;
    }

    private static boolean isInterval(String line) {
        return INTERVAL.matcher(line).matches()
                && !SUMMARY.matcher(line.stripTrailing()).matches();
    }

    private void add(String line, boolean isFollowedByInterval) {
        if (isInterval(line)) {
            addInterval(line);
        } else if (!blocks.isEmpty() && line.endsWith(SEPARATOR) && isFollowedByInterval) {
            separators++;
        } else {
            endIntervals();
            shape.add(withoutFigures(line));
        }
    }

    /// A new block begins where an identifier is repeated.
    private void addInterval(String line) {
        var matcher = INTERVAL.matcher(line);
        boolean _ = matcher.matches();
        String identifier = matcher.group(1);
        if (blocks.isEmpty() || identifiers.contains(identifier)) {
            blocks.add(new ArrayList<>());
            identifiers.clear();
        }
        identifiers.add(identifier);
        blocks.getLast().add(withoutFigures(line));
    }

    private void endIntervals() {
        if (separators > 0) {
            shape.add(separators == blocks.size() - 1 ? "(reports are parted)" : "(some reports are parted)");
        }
        List<String> last = List.of();
        for (List<String> block : blocks) {
            if (!block.equals(last)) {
                shape.addAll(block);
            }
            last = block;
        }
        blocks.clear();
        identifiers.clear();
        separators = 0;
    }

    private String withoutFigures(String line) {
        String text = ISO_STAMP.matcher(line).replaceFirst("STAMP ");
        text = C_STAMP.matcher(text).replaceFirst("STAMP ");
        text = TIME.matcher(text).replaceFirst("Time: T");
        text = COOKIE.matcher(text).replaceFirst("Cookie: C");
        text = SYSTEM.matcher(text).replaceFirst("SYSTEM");
        text = VERSION.matcher(text).replaceFirst("VERSION");
        text = IDENTIFIER.matcher(text).replaceAll("[###]");
        text = SPAN.matcher(text)
                .replaceAll(span -> columns(span.group(1), 0) + "-" + columns(span.group(2), 0) + "sec");
        text = LOSS.matcher(text).replaceAll("N/N (N%)");
        text = UNKNOWN_LOSS.matcher(text).replaceAll("Unknown/N");
        text = DATAGRAMS.matcher(text).replaceAll("/sec$1N  $2");
        text = RETRANSMITS
                .matcher(text)
                .replaceAll(retransmits -> "/sec"
                        + columns(retransmits.group(1) + retransmits.group(2), excess(retransmits, RETRANSMIT_DIGITS))
                        + " ");
        text = QUANTITY.matcher(text).replaceAll(this::quantity);
        text = JITTER.matcher(text).replaceAll("  N ms");
        text = PERCENT.matcher(text).replaceAll("N%");
        text = COUNTED.matcher(text).replaceAll("N $1");
        text = PORT.matcher(text).replaceAll("$1 N");
        text = DURATION.matcher(text).replaceAll("N second test");
        return MSS.matcher(text).replaceAll("$1 N");
    }

    private String quantity(MatchResult quantity) {
        String base = quantity.group(4);
        boolean isRate = base.endsWith("/sec");
        String prefix = keepsUnits && isRate ? quantity.group(3) : "_";
        String number = quantity.group(1) + quantity.group(2);
        return columns(number, excess(quantity, QUANTITY_DIGITS)) + " " + prefix + base;
    }

    private static int excess(MatchResult number, int digits) {
        return Math.max(0, number.group(2).length() - digits);
    }

    private static String columns(String filled, int excess) {
        return "#".repeat(filled.length() - excess);
    }
}
