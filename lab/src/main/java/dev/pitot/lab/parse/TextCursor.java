package dev.pitot.lab.parse;

import org.jspecify.annotations.Nullable;

/// A place in a line of text that moves on as words and numbers are taken. Every step is linear
/// in what it passes. Used by one thread.
final class TextCursor {
    private static final int MAX_NUMBER_CHARACTERS = 24;

    private final String text;
    private int position;

    TextCursor(String text, int place) {
        this.text = text;
        this.position = place;
    }

    int skipSpaces() {
        int from = position;
        while (position < text.length() && (text.charAt(position) == ' ' || text.charAt(position) == '\t')) {
            position++;
        }
        return position - from;
    }

    /// Takes this text if it is next.
    boolean take(String expected) {
        if (!text.startsWith(expected, position)) {
            return false;
        }
        position += expected.length();
        return true;
    }

    /// Takes what stands up to the next space.
    String word() {
        int from = position;
        while (position < text.length() && text.charAt(position) != ' ' && text.charAt(position) != '\t') {
            position++;
        }
        return text.substring(from, position);
    }

    /// Takes a decimal number without sign or exponent; null, and nothing is taken, if there is
    /// none or it is longer than any that a program prints.
    @Nullable RoundedValue number() {
        int from = position;
        int end = digits(from);
        int decimals = 0;
        if (end > from && end < text.length() && text.charAt(end) == '.') {
            int last = digits(end + 1);
            decimals = last - end - 1;
            end = decimals == 0 ? end : last;
        }
        if (end == from || end - from > MAX_NUMBER_CHARACTERS) {
            return null;
        }
        position = end;
        return new RoundedValue(Double.parseDouble(text.substring(from, end)), 0.5 * Math.pow(10, -decimals));
    }

    /// Takes a whole number; null, and nothing is taken, if there is none that fits a long.
    @Nullable Long whole() {
        int end = digits(position);
        if (end == position || end - position > 18) {
            return null;
        }
        long value = Long.parseLong(text, position, end, 10);
        position = end;
        return value;
    }

    String rest() {
        return text.substring(position);
    }

    private int digits(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
