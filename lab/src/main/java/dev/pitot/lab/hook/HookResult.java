package dev.pitot.lab.hook;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The outcome of a hook.
///
/// @param tag one word for the names of files, of `[A-Za-z0-9._-]{1,64}`; null for none
/// @param failure a sentence; null if the hook was done
/// @param values numbers and texts that the hook reported, by names of `[a-z][a-z0-9_]{0,40}`: 50
///     at most, each of 200 characters at most; a ping gate reports `recovery_seconds` and
///     `recovery_round_trip_ms`
/// @param notes a sentence for each thing that was reported and not taken, and for processes that
///     the hook has left and that cannot be ended
public record HookResult(
        @Nullable String tag, @Nullable String failure, Map<String, String> values, List<String> notes) {
    /// Done, and nothing reported.
    static final HookResult DONE = new HookResult(null, null, Map.of(), List.of());

    public HookResult {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        notes = List.copyOf(notes);
    }

    /// Not done.
    public static HookResult failed(String sentence) {
        return DONE.failing(sentence);
    }

    /// The same with another note.
    HookResult noting(String note) {
        List<String> all = new ArrayList<>(notes);
        all.add(note);
        return new HookResult(tag, failure, values, all);
    }

    /// The same with another sentence about its failure.
    public HookResult failing(String sentence) {
        return new HookResult(tag, sentence, values, notes);
    }

    /// The same, where a failure that the hook has reported names the hook.
    HookResult of(String name) {
        return failure == null ? this : failing(name + " failed: " + failure);
    }
}
