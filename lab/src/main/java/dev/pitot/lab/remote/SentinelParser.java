package dev.pitot.lab.remote;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds what one command line of a console has written, between two marks, in all that the
/// console shows. The marks are random and typed in two quoted halves, so that the echo of the
/// line never holds one. Pure; of one thread.
final class SentinelParser {
    private final String begin;
    private final Pattern end;
    private final int limit;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder stray = new StringBuilder();
    private String lineEnd = "";
    private int searched;

    /// @param mark letters and digits, at least 4
    /// @param limit how many characters may be between the marks
    SentinelParser(String mark, int limit) {
        begin = mark + "<";
        end = Pattern.compile(mark + ">(\\d{1,3})\\r?\\n");
        this.limit = limit;
    }

    /// The line to type, without its end.
    ///
    /// @param script shell commands that are joined by `;`
    static String typed(String mark, String script) {
        String quoted = halves(mark);
        return " echo " + quoted + "'<'; " + script + "; echo " + quoted + "'>'$?";
    }

    /// A mark as the shell puts it together.
    static String halves(String mark) {
        return "'" + mark.substring(0, 2) + "''" + mark.substring(2) + "'";
    }

    /// What lay between the marks.
    ///
    /// @param text with the ends of lines as they were before the terminal made them `\r\n`
    /// @param code of the last command
    record Output(String text, int code) {}

    /// Takes what the console shows.
    ///
    /// @return null as long as the end is not there
    @Nullable Output feed(String shown) {
        text.append(shown);
        if (lineEnd.isEmpty() && !findBegin()) {
            return null;
        }
        Matcher matcher = end.matcher(text);
        if (!matcher.find(searched)) {
            searched = Math.max(0, text.length() - begin.length() - 8);
            return null;
        }
        String between = text.substring(0, matcher.start());
        stray.append(text, matcher.end(), text.length());
        return new Output(
                lineEnd.equals("\r\n") ? between.replace("\r\n", "\n") : between, Integer.parseInt(matcher.group(1)));
    }

    private boolean findBegin() {
        int start = text.indexOf(begin);
        int newline = start < 0 ? -1 : text.indexOf("\n", start);
        if (newline < 0) {
            int sure = start < 0 ? Math.max(0, text.length() - begin.length()) : start;
            addStray(text.substring(0, sure));
            text.delete(0, sure);
            return false;
        }
        addStray(text.substring(0, start));
        lineEnd = text.charAt(newline - 1) == '\r' ? "\r\n" : "\n";
        text.delete(0, newline + 1);
        return true;
    }

    private void addStray(String shown) {
        if (stray.length() + shown.length() <= limit) {
            stray.append(shown);
        }
    }

    /// Whether more came than may be there.
    boolean isTooLong() {
        return text.length() > limit;
    }

    /// What the console has shown before and after the marks, up to the limit.
    String stray() {
        return stray.toString();
    }
}
