package dev.pitot.lab.store;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Constants as the files of results have them: in lower case.
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /// Null if there is no such constant, or no word.
    static <E extends Enum<E>> @Nullable E read(Class<E> type, @Nullable Object word) {
        for (E constant : type.getEnumConstants()) {
            if (of(constant).equals(word)) {
                return constant;
            }
        }
        return null;
    }
}
