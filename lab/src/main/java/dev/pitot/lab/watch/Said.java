package dev.pitot.lab.watch;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a hook has said, before its time is known.
///
/// @param tag null for none
/// @param failure null for none
/// @param figures by name
record Said(@Nullable String tag, @Nullable String failure, Map<String, Double> figures) {
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /// It was done; its last word is the tag if it can be part of a file's name.
    static Said done(@Nullable String lastWord) {
        boolean isTag = lastWord != null && TAG.matcher(lastWord).matches();
        return new Said(isTag ? lastWord : null, null, Map.of());
    }

    static Said measured(Map<String, Double> figures) {
        return new Said(null, null, figures);
    }

    static Said failed(String sentence) {
        return new Said(null, sentence, Map.of());
    }
}
