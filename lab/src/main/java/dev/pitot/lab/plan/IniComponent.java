package dev.pitot.lab.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The components of apetools (its builders), with the sections that they need.
enum IniComponent {
    IPERF("IPERF", true),
    SLEEP("SLEEP", true),
    TIMETORECOVERY(null, true),
    WATCHLOGS("WATCHLOGS", true),
    COMMANDWATCH("COMMANDWATCH", true),
    OSCILLATE("OSCILLATE", false),
    OSCILLATESTOP("OSCILLATE", false),
    ROTATE("ROTATE", false),
    POWERON("POWERON", false),
    POWEROFF("POWERON", false),
    APCONNECT("APCONNECT", false),
    NAXXX("NAXXX", false),
    BUSYBOXWGET("BUSYBOXWGET", false),
    NERS(null, false),
    DUMPDEVICESTATE(null, false);

    private final @Nullable String section;
    private final boolean isImported;

    IniComponent(@Nullable String section, boolean isImported) {
        this.section = section;
        this.isImported = isImported;
    }

    String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The section without which it cannot be; null for none.
    @Nullable String section() {
        return section;
    }

    /// Whether a plan has something like it. The others drive machines of the lab.
    boolean isImported() {
        return isImported;
    }

    static List<String> keywords() {
        return Arrays.stream(values()).map(IniComponent::keyword).toList();
    }

    /// Null if there is none of that name.
    static @Nullable IniComponent named(String word) {
        for (IniComponent component : values()) {
            if (component.keyword().equals(word.toLowerCase(Locale.ROOT))) {
                return component;
            }
        }
        return null;
    }
}
