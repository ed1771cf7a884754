package dev.pitot.dist.manual;

import java.util.List;
import java.util.Locale;

/// One manual page, written from top to bottom. Used by one thread.
final class ManualPage {
    private final StringBuilder troff = new StringBuilder();
    private boolean isAfterHeading;

    /// @param name with which it is called, in small letters
    /// @param section of the manual: 1 for commands, 5 for files
    /// @param date of the page, as `2026-01-31`
    /// @param source the program with its version
    ManualPage(String name, int section, String date, String source) {
        String manual = section == 1 ? "User Commands" : "File Formats";
        line(".TH " + Troff.argument(name.toUpperCase(Locale.ROOT)) + " " + section + " " + date + " "
                + Troff.argument(source) + " " + Troff.argument(manual));
    }

    void section(String title) {
        line(".SH " + Troff.argument(title.toUpperCase(Locale.ROOT)));
        isAfterHeading = true;
    }

    void subsection(String title) {
        line(".SS " + Troff.argument(title));
        isAfterHeading = true;
    }

    /// @param escaped lines, each of which begins on a new line of the page
    void paragraph(List<String> escaped) {
        beginParagraph();
        for (int i = 0; i < escaped.size(); i++) {
            if (i > 0) {
                line(".br");
            }
            line(Troff.line(escaped.get(i)));
        }
    }

    /// A term and its explanation below it.
    void item(String escapedTerm, String escapedText) {
        line(".TP");
        line(Troff.line(escapedTerm));
        line(Troff.line(escapedText));
    }

    /// An item of a list.
    void bullet(String escapedMark, String escapedText) {
        line(".IP " + escapedMark + " 4");
        line(Troff.line(escapedText));
    }

    /// Lines that stay as they are.
    void example(List<String> lines) {
        beginParagraph();
        line(".RS 4");
        line(".EX");
        lines.forEach(line -> line(Troff.line(Troff.literal(line))));
        line(".EE");
        line(".RE");
    }

    /// The whole page.
    String text() {
        return troff.toString();
    }

    /// Begins a paragraph, which a heading has done already.
    private void beginParagraph() {
        if (!isAfterHeading) {
            line(".PP");
        }
    }

    private void line(String line) {
        troff.append(line).append('\n');
        isAfterHeading = false;
    }
}
