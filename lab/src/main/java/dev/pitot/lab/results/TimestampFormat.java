package dev.pitot.lab.results;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Moments as they are written in files and names of files.
///
/// @param zone whose time people read
record TimestampFormat(ZoneId zone) {
    private static final DateTimeFormatter LINE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu_MM_dd", Locale.ROOT);
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);

    /// In milliseconds with the difference to UTC: `2026-11-21T19:40:26.123+00:00`.
    String line(Instant time) {
        return LINE.format(time.atZone(zone));
    }

    /// For names of folders, as apetools: `2026_11_21`.
    String date(Instant time) {
        return DATE.format(time.atZone(zone));
    }

    /// For names of files, as apetools: `20261121194026`.
    String name(Instant time) {
        return NAME.format(time.atZone(zone));
    }
}
