package dev.pitot.lab.parse;

import org.jspecify.annotations.Nullable;

/// A place in a line of text that moves on as words and numbers are taken. Every step is linear
/// in what it passes. Used by one thread.
final class TextCursor {
    private static final int LONGEST_NUMBER = 24;

    private final String text;
    private int place;

    TextCursor(String text, int place) {
        this.text = text;
        this.place = place;
    }

    int skipSpaces() {
        int from = place;
        while (place < text.length() && (text.charAt(place) == ' ' || text.charAt(place) == '\t')) {
            place++;
        }
        return place - from;
    }

    /// Takes this text if it is next.
    boolean take(String expected) {
        if (!text.startsWith(expected, place)) {
            return false;
        }
        place += expected.length();
        return true;
    }

    /// Takes what stands up to the next space.
    String word() {
        int from = place;
        while (place < text.length() && text.charAt(place) != ' ' && text.charAt(place) != '\t') {
            place++;
        }
        return text.substring(from, place);
    }

    /// Takes a decimal number without sign or exponent; null, and nothing is taken, if there is
    /// none or it is longer than any that a program prints.
    @Nullable Measured number() {
        int from = place;
        int end = digits(from);
        int decimals = 0;
        if (end > from && end < text.length() && text.charAt(end) == '.') {
            int last = digits(end + 1);
            decimals = last - end - 1;
            end = decimals == 0 ? end : last;
        }
        if (end == from || end - from > LONGEST_NUMBER) {
            return null;
        }
        place = end;
        return new Measured(Double.parseDouble(text.substring(from, end)), 0.5 * Math.pow(10, -decimals));
    }

    /// Takes a whole number; null, and nothing is taken, if there is none that fits a long.
    @Nullable Long whole() {
        int end = digits(place);
        if (end == place || end - place > 18) {
            return null;
        }
        long value = Long.parseLong(text, place, end, 10);
        place = end;
        return value;
    }

    String rest() {
        return text.substring(place);
    }

    private int digits(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
