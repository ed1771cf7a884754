package dev.pitot.lab.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a session goes.
///
/// @param folder where results go, `{t}` standing for the date; null for the title and the date
/// @param filePrefix begins the names of files of results (`data_file` of apetools); may be empty
/// @param parallel how many tests run at once at most, if they share no node; 1 is one at a time
/// @param deadline after which a client is ended; null for the larger of 120 s and 1.5 times
/// its length
/// @param retries how often a failed test is run again at the end, 0 or more; apetools: 1
/// @param pause between two tests
public record Rules(
        @Nullable String folder,
        String filePrefix,
        int parallel,
        @Nullable Duration deadline,
        int retries,
        Duration pause) {}
