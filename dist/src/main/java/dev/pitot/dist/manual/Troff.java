package dev.pitot.dist.manual;

import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Escaping and fonts of troff: bold for what is typed as it is, italic for what is replaced.
final class Troff {
    /// The part of Markdown that a line of text may have: code, bold, italic, links.
    private static final Pattern MARKDOWN =
            Pattern.compile("`([^`]+)`|\\*\\*([^*]+)\\*\\*|\\*([^*\\s][^*]*)\\*|\\[([^]]*)]\\(([^)]*)\\)");
    /// In the help of an option: another option, a word to replace, and `#` or `N` for a number.
    private static final Pattern HELP =
            Pattern.compile("(?<![\\w-])(--?[A-Za-z0-9](?:[\\w.-]*\\w)?)|<([a-z]+)>|(?<= )(#|N)(?= )");
    /// In the label of a value: words to replace.
    private static final Pattern LABEL = Pattern.compile("(#)|<([a-z]+)>|\\b([a-z]+|N)\\b");

    private Troff() {}

    /// Text that stands in a line, with plain hyphens.
    static String text(String text) {
        var escaped = new StringBuilder(text.length());
        text.codePoints().forEach(point -> escaped.append(escaped(point)));
        return escaped.toString();
    }

    /// Text that can be copied to a command line: hyphens are minus signs.
    static String literal(String text) {
        return text(text).replace("-", "\\-");
    }

    static String bold(String text) {
        return "\\fB" + whole(text) + "\\fR";
    }

    static String italic(String text) {
        return "\\fI" + whole(text) + "\\fR";
    }

    /// Words that are not hyphenated.
    private static String whole(String text) {
        return "\\%" + literal(text).replace(" ", " \\%");
    }

    /// A line that troff does not take for a request.
    static String line(String escaped) {
        return escaped.startsWith(".") ? "\\&" + escaped : escaped;
    }

    /// An argument of a macro.
    static String argument(String text) {
        return "\"" + text(text).replace("\"", "\\(dq") + "\"";
    }

    /// A line of Markdown.
    static String markdown(String text) {
        return replaced(MARKDOWN, text, found -> {
            if (found.group(1) != null) {
                return bold(found.group(1));
            }
            if (found.group(2) != null) {
                return "\\fB" + markdown(found.group(2)) + "\\fR";
            }
            return found.group(3) != null ? italic(found.group(3)) : markdown(found.group(4));
        });
    }

    /// The help of an option.
    static String help(String text) {
        return replaced(HELP, text, found -> {
            if (found.group(1) != null) {
                return bold(found.group(1));
            }
            return italic(found.group(2) != null ? found.group(2) : "n");
        });
    }

    /// The label of an option's value, such as ` <host>[%<dev>]` or `[=#/#/#]`.
    static String label(String label) {
        String text = label.startsWith("<=") ? label.replaceFirst("<=(.*)>", "[=$1]") : label;
        String separator = text.startsWith(" ") ? " " : "";
        if (text.contains("|")) { // all that may be given
            return separator + literal(text.strip());
        }
        return separator
                + replaced(LABEL, text.strip(), found -> {
                    String word = found.group(2) != null ? found.group(2) : found.group(3);
                    return italic(word == null || word.equals("N") ? "n" : word);
                });
    }

    private static String replaced(Pattern pattern, String text, Function<MatchResult, String> replacement) {
        var troff = new StringBuilder();
        int end = 0;
        for (MatchResult found : pattern.matcher(text).results().toList()) {
            troff.append(text(text.substring(end, found.start()))).append(replacement.apply(found));
            end = found.end();
        }
        return troff.append(text(text.substring(end))).toString();
    }

    private static String escaped(int point) {
        return switch (point) {
            case '\\' -> "\\e";
            case '\'' -> "\\(aq"; // never at the start of a line, where it begins a request, and never curled
            case '`' -> "\\(ga";
            case '^' -> "\\(ha";
            case '~' -> "\\(ti";
            default -> point < 0x80 ? Character.toString(point) : "\\[u%04X]".formatted(point);
        };
    }
}
