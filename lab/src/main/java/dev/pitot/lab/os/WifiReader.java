package dev.pitot.lab.os;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A reader of programs' reports of wifi links. Several may have written one after the other: each
/// value is the first that is reported.
final class WifiReader {
    private static final Pattern FREQUENCY = Pattern.compile("(?im)\\bfreq(?:uency)?:\\s*(\\d{4,5})");
    private static final Pattern GIGAHERTZ = Pattern.compile("\\bFrequency[:=](\\d\\.\\d{1,6}) GHz");
    private static final Pattern MAC = Pattern.compile("[0-9A-Fa-f]{1,2}(?::[0-9A-Fa-f]{1,2}){5}");

    /// `iw dev X link` (iw 5.19), `iwconfig` (wireless-tools 30).
    private static final Patterns LINUX = new Patterns(
            Pattern.compile("(?m)^\\s*SSID: (.+)$|ESSID:\"(.*)\""),
            Pattern.compile("Connected to ([0-9A-Fa-f:]{17})|Access Point: ([0-9A-Fa-f:]{17})"),
            Pattern.compile("(?m)^\\s*channel (\\d{1,3})\\b"),
            Pattern.compile("signal: (-\\d{1,3}) dBm|Signal level[=:](-\\d{1,3}) dBm"),
            Pattern.compile("Noise level[=:](-\\d{1,3}) dBm"),
            Pattern.compile("tx bitrate: ([\\d.]{1,9}) MBit/s|Bit Rate[=:]([\\d.]{1,9}) Mb/s"));

    /// `mWifiInfo SSID: "lab", BSSID: …, RSSI: -50, Link speed: 433Mbps, …, Frequency: 5180MHz`.
    private static final Patterns ANDROID = new Patterns(
            Pattern.compile("\\bSSID: \"?(?!<)([^\",\\n]+)\"?, "),
            Pattern.compile("\\bBSSID: ([0-9A-Fa-f:]{17})"),
            Pattern.compile("\\bChannel: (\\d{1,3})\\b"),
            Pattern.compile("\\bRSSI: (-\\d{1,3})\\b"),
            Pattern.compile("\\bNoise: (-\\d{1,3})\\b"),
            Pattern.compile("\\bLink speed: (\\d{1,5}) ?Mbps"));

    /// `airport -I`, `wdutil info`, `system_profiler SPAirPortDataType`.
    private static final Patterns MAC_OS = new Patterns(
            Pattern.compile("(?m)^\\s*SSID\\s*: (?!<redacted>)(.+)$"),
            Pattern.compile("(?m)^\\s*BSSID\\s*: ([0-9A-Fa-f:]{11,17})\\s*$"),
            Pattern.compile("(?mi)^\\s*channel\\s*: (?:[a-z0-9]+ghz |\\dg)?(\\d{1,3})\\b"),
            Pattern.compile("(?:agrCtlRSSI: |RSSI\\s*: |Signal / Noise: )(-\\d{1,3})\\b"),
            Pattern.compile("(?:agrCtlNoise: |Noise\\s*: |Signal / Noise: -\\d{1,3} dBm / )(-\\d{1,3})\\b"),
            Pattern.compile("(?:lastTxRate: |Tx Rate\\s*: |Transmit Rate: )([\\d.]{1,9})"));

    /// `netsh wlan show interfaces`; keys in English.
    private static final Patterns WINDOWS = new Patterns(
            Pattern.compile("(?m)^\\s+SSID\\s+: (.+)$"),
            Pattern.compile("(?m)^\\s+(?:AP )?BSSID\\s+: ([0-9A-Fa-f:]{17})\\s*$"),
            Pattern.compile("(?m)^\\s+Channel\\s+: (\\d{1,3})\\s*$"),
            Pattern.compile("(?m)^\\s+Rssi\\s+: (-\\d{1,3})\\s*$"),
            Pattern.compile("(?m)^\\s+Noise\\s+: (-\\d{1,3})\\s*$"),
            Pattern.compile("(?m)^\\s+Transmit rate \\(Mbps\\)\\s+: ([\\d.,]{1,9})\\s*$"));

    private static final Pattern QUALITY = Pattern.compile("(?m)^\\s+Signal\\s+: (\\d{1,3})%");
    private static final Pattern WINDOWS_NAME = Pattern.compile("(?m)^\\s+Name\\s+: (.+)$");

    private WifiReader() {}

    private record Patterns(Pattern ssid, Pattern bssid, Pattern channel, Pattern rssi, Pattern noise, Pattern rate) {}

    static @Nullable WifiInfo linux(String networkInterface, String output) {
        WifiInfo read = read(LINUX, output, channelOf(frequency(output)));
        return orNull(merged(read, proc(networkInterface, output)));
    }

    static @Nullable WifiInfo android(String networkInterface, String output) {
        WifiInfo fromFramework = read(ANDROID, output, channelOf(frequency(output)));
        WifiInfo fromTools = linux(networkInterface, output);
        return orNull(fromTools == null ? fromFramework : merged(fromFramework, fromTools));
    }

    static @Nullable WifiInfo mac(String output) {
        return orNull(read(MAC_OS, output, null));
    }

    /// Only the part of the interface counts. Where no strength in dBm is reported it is made of the
    /// quality: 0 % is -100 dBm and 100 % is -50 dBm (WLAN_ASSOCIATION_ATTRIBUTES of wlanapi.h).
    static @Nullable WifiInfo windows(String networkInterface, String output) {
        String part = Stream.of(output.split("(?m)(?=^\\s+Name\\s+:)", -1))
                .filter(block -> networkInterface.equals(TextSearch.first(WINDOWS_NAME, block)))
                .findFirst()
                .orElse("");
        Double quality = TextSearch.number(QUALITY, part);
        Double rssi = quality == null || quality > 100 ? null : Double.valueOf(quality / 2 - 100);
        return orNull(merged(read(WINDOWS, part, null), new WifiInfo(null, null, null, rssi, null, null)));
    }

    private static WifiInfo read(Patterns patterns, String output, @Nullable Integer channel) {
        return new WifiInfo(
                any(patterns.ssid, output),
                address(any(patterns.bssid, output)),
                or(channel, TextSearch.whole(patterns.channel, output)),
                decimal(any(patterns.rssi, output)),
                decimal(any(patterns.noise, output)),
                decimal(any(patterns.rate, output)));
    }

    private static WifiInfo merged(WifiInfo first, WifiInfo second) {
        return new WifiInfo(
                or(first.ssid(), second.ssid()),
                or(first.bssid(), second.bssid()),
                or(first.channel(), second.channel()),
                or(first.rssiDbm(), second.rssiDbm()),
                or(first.noiseDbm(), second.noiseDbm()),
                or(first.megabitsPerSecond(), second.megabitsPerSecond()));
    }

    private static <T> @Nullable T or(@Nullable T first, @Nullable T second) {
        return first != null ? first : second;
    }

    private static @Nullable WifiInfo orNull(WifiInfo info) {
        return info.equals(new WifiInfo(null, null, null, null, null, null)) ? null : info;
    }

    /// Whichever of the groups of a pattern has matched.
    private static @Nullable String any(Pattern pattern, String output) {
        var matcher = pattern.matcher(output);
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                String text = matcher.group(group);
                if (text != null && !text.isBlank()) {
                    return text.strip();
                }
            }
        }
        return null;
    }

    private static @Nullable Double decimal(@Nullable String text) {
        return text == null ? null : TextSearch.decimal(text);
    }

    /// Always two digits and small letters, for macOS leaves leading zeros out.
    private static @Nullable String address(@Nullable String text) {
        if (text == null || !MAC.matcher(text).matches()) {
            return null;
        }
        var address = new StringBuilder();
        for (String part : text.toLowerCase(Locale.ROOT).split(":", -1)) {
            address.append(address.isEmpty() ? "" : ":")
                    .append(part.length() == 1 ? "0" : "")
                    .append(part);
        }
        return address.toString();
    }

    private static @Nullable Double frequency(String output) {
        Double gigahertz = TextSearch.number(GIGAHERTZ, output);
        return gigahertz != null ? Double.valueOf(Math.rint(gigahertz * 1000)) : TextSearch.number(FREQUENCY, output);
    }

    /// IEEE 802.11-2020 annex E and 802.11ax for 6 GHz: 5 MHz apart, counted from 2407, 5000 and
    /// 5950 MHz; channel 14 is alone, and 5935 MHz is channel 2 of 6 GHz.
    private static @Nullable Integer channelOf(@Nullable Double megahertz) {
        if (megahertz == null) {
            return null;
        }
        int frequency = megahertz.intValue();
        if (frequency == 2484) {
            return 14;
        }
        if (frequency >= 2412 && frequency < 2484) {
            return (frequency - 2407) / 5;
        }
        if (frequency == 5935) {
            return 2;
        }
        if (frequency > 5950 && frequency <= 7125) {
            return (frequency - 5950) / 5;
        }
        return frequency > 5000 && frequency < 5935 ? (frequency - 5000) / 5 : null;
    }

    /// `/proc/net/wireless`: ` wlan0: 0000   54.  -56.  -256        0 …`; -256 stands for
    /// unknown.
    private static WifiInfo proc(String networkInterface, String output) {
        for (String line : TextSearch.lines(output)) {
            String[] words = line.strip().split("\\s+", -1);
            if (words[0].equals(networkInterface + ":") && words.length > 4) {
                return new WifiInfo(null, null, null, strength(words[3]), strength(words[4]), null);
            }
        }
        return new WifiInfo(null, null, null, null, null, null);
    }

    private static @Nullable Double strength(String word) {
        Double dbm = decimal(word.replaceFirst("\\.$", ""));
        return dbm == null || dbm >= 0 || dbm <= -200 ? null : dbm;
    }
}
