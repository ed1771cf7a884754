package dev.pitot.cli.print;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.Locale;

/// Time format of C's strftime(3) in the POSIX locale, which iperf uses. Immutable.
final class Strftime {
    private static final int HOURS_OF_HALF_DAY = 12;
    private static final int YEARS_OF_CENTURY = 100;
    private static final int DAYS_OF_WEEK = 7;
    private static final String RIGHT_NOW = "%a %b %e %H:%M:%S %Y"; // %c of the POSIX locale
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xx", Locale.ROOT);
    private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH);

    private final String format;

    Strftime(String format) {
        this.format = format;
    }

    /// Formats a time. Unknown conversions are copied unchanged.
    String format(ZonedDateTime time) {
        return expand(format, time);
    }

    private static String expand(String format, ZonedDateTime time) {
        var text = new StringBuilder();
        int next = 0;
        while (next < format.length()) {
            char c = format.charAt(next++);
            if (c != '%' || next == format.length()) {
                text.append(c);
                continue;
            }
            char letter = format.charAt(next++);
            if (isModifier(letter) && next < format.length()) {
                letter = format.charAt(next++); // modifiers for other calendars and digits, not in this locale
            }
            text.append(conversion(letter, time));
        }
        return text.toString();
    }

    private static boolean isModifier(char c) {
        return c == 'E' || c == 'O';
    }

    private static String conversion(char letter, ZonedDateTime time) {
        return switch (letter) {
            case '%' -> "%";
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'c' -> expand(RIGHT_NOW, time);
            case 'D', 'x' -> expand("%m/%d/%y", time);
            case 'F' -> expand("%Y-%m-%d", time);
            case 'T', 'X' -> expand("%H:%M:%S", time);
            case 'R' -> expand("%H:%M", time);
            case 'r' -> expand("%I:%M:%S %p", time);
            case 'a', 'A', 'b', 'h', 'B', 'p', 'P', 'z', 'Z' -> name(letter, time);
            default -> number(letter, time);
        };
    }

    private static String name(char letter, ZonedDateTime time) {
        String half = time.getHour() < HOURS_OF_HALF_DAY ? "AM" : "PM";
        return switch (letter) {
            case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.US);
            case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'p' -> half;
            case 'P' -> half.toLowerCase(Locale.ROOT);
            case 'z' -> OFFSET.format(time);
            default -> ZONE.format(time);
        };
    }

    private static String number(char letter, ZonedDateTime time) {
        int year = time.getYear();
        int hour12 = (time.getHour() + HOURS_OF_HALF_DAY - 1) % HOURS_OF_HALF_DAY + 1;
        int weekday = time.getDayOfWeek().getValue(); // 1 is Monday
        return switch (letter) {
            case 'Y' -> Integer.toString(year);
            case 'C' -> padded(year / YEARS_OF_CENTURY, 2, '0');
            case 'y' -> padded(year % YEARS_OF_CENTURY, 2, '0');
            case 'G' -> Integer.toString(time.get(IsoFields.WEEK_BASED_YEAR));
            case 'g' -> padded(time.get(IsoFields.WEEK_BASED_YEAR) % YEARS_OF_CENTURY, 2, '0');
            case 'm' -> padded(time.getMonthValue(), 2, '0');
            case 'd' -> padded(time.getDayOfMonth(), 2, '0');
            case 'e' -> padded(time.getDayOfMonth(), 2, ' ');
            case 'j' -> padded(time.getDayOfYear(), 3, '0');
            case 'H' -> padded(time.getHour(), 2, '0');
            case 'k' -> padded(time.getHour(), 2, ' ');
            case 'I' -> padded(hour12, 2, '0');
            case 'l' -> padded(hour12, 2, ' ');
            case 'M' -> padded(time.getMinute(), 2, '0');
            case 'S' -> padded(time.getSecond(), 2, '0');
            case 's' -> Long.toString(time.getLong(ChronoField.INSTANT_SECONDS));
            case 'u' -> Integer.toString(weekday);
            case 'w' -> Integer.toString(weekday % DAYS_OF_WEEK);
            case 'U' ->
                padded((time.getDayOfYear() + DAYS_OF_WEEK - 1 - weekday % DAYS_OF_WEEK) / DAYS_OF_WEEK, 2, '0');
            case 'W' -> padded((time.getDayOfYear() + DAYS_OF_WEEK - weekday) / DAYS_OF_WEEK, 2, '0');
            case 'V' -> padded(time.get(WeekFields.ISO.weekOfWeekBasedYear()), 2, '0');
            default -> "%" + letter;
        };
    }

    private static String padded(int value, int width, char pad) {
        String digits = Integer.toString(value);
        return String.valueOf(pad).repeat(Math.max(0, width - digits.length())) + digits;
    }
}
