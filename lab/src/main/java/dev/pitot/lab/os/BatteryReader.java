package dev.pitot.lab.os;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads states of batteries.
final class BatteryReader {
    private static final Pattern CAPACITY = Pattern.compile("(?m)^POWER_SUPPLY_CAPACITY=(\\d{1,3})$");
    private static final Pattern CHARGING = Pattern.compile("(?m)^POWER_SUPPLY_STATUS=Charging$");
    private static final Pattern OTHER_DEVICE = Pattern.compile("(?m)^POWER_SUPPLY_SCOPE=Device$");

    private static final Pattern LEVEL = Pattern.compile("(?m)^\\s*level: (\\d{1,9})\\s*$");
    private static final Pattern SCALE = Pattern.compile("(?m)^\\s*scale: (\\d{1,9})\\s*$");
    private static final Pattern STATUS = Pattern.compile("(?m)^\\s*status: (\\d)\\s*$");
    private static final int ANDROID_CHARGING = 2; // BatteryManager.BATTERY_STATUS_CHARGING

    private static final Pattern MAC_PERCENT = Pattern.compile("(?m)^ ?-.*\\t(\\d{1,3})%;");
    private static final Pattern MAC_CHARGING = Pattern.compile("%; (?:charging|finishing charge);");

    private static final Pattern WINDOWS_PERCENT = Pattern.compile("EstimatedChargeRemaining\\s*[=:]\\s*(\\d{1,3})");
    private static final Pattern WINDOWS_STATUS = Pattern.compile("BatteryStatus\\s*[=:]\\s*(\\d{1,2})");

    private BatteryReader() {}

    /// `/sys/class/power_supply/*/uevent`, one after the other: the first that has a capacity and
    /// is not the battery of a mouse.
    static @Nullable Battery linux(String output) {
        return Stream.of(output.replace("\r", "").split("(?m)(?=^POWER_SUPPLY_NAME=)", -1))
                .filter(supply -> !OTHER_DEVICE.matcher(supply).find())
                .map(supply -> battery(
                        TextSearch.whole(CAPACITY, supply),
                        CHARGING.matcher(supply).find()))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse(null);
    }

    /// `dumpsys battery`.
    static @Nullable Battery android(String output) {
        Integer level = TextSearch.whole(LEVEL, output);
        Integer scale = TextSearch.whole(SCALE, output);
        if (level == null || (scale != null && scale == 0)) {
            return null;
        }
        int percent = scale == null ? level : Math.toIntExact(Math.round(100.0 * level / scale));
        Integer status = TextSearch.whole(STATUS, output);
        return battery(percent, status != null && status == ANDROID_CHARGING);
    }

    /// `pmset -g batt`.
    static @Nullable Battery mac(String output) {
        return battery(
                TextSearch.whole(MAC_PERCENT, output),
                MAC_CHARGING.matcher(output).find());
    }

    /// `Win32_Battery`: statuses 6 to 9 are those of charging.
    static @Nullable Battery windows(String output) {
        Integer status = TextSearch.whole(WINDOWS_STATUS, output);
        return battery(TextSearch.whole(WINDOWS_PERCENT, output), status != null && status >= 6 && status <= 9);
    }

    private static @Nullable Battery battery(@Nullable Integer percent, boolean isCharging) {
        return percent == null || percent > 100 ? null : new Battery(percent, isCharging);
    }
}
