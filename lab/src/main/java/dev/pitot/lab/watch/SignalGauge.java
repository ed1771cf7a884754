package dev.pitot.lab.watch;

import dev.pitot.lab.system.WifiInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Strength of the signal and the noise in dBm, and the rate of sending in Mbit/s.
final class SignalGauge implements Gauge {
    private final String node;
    private final Asked<WifiInfo> wifi;

    SignalGauge(String node, Asked<WifiInfo> wifi) {
        this.node = node;
        this.wifi = wifi;
    }

    @Override
    public String header() {
        return "timestamp,rssi,noise,bitrate";
    }

    @Override
    public void forget() {
        // each reading stands alone
    }

    @Override
    public void onBlock(Readings.Block block, Sheet sheet) {
        WifiInfo info = wifi.read(block.lines());
        Map<String, Double> figures = info == null ? Map.of() : figures(info.radio());
        if (figures.isEmpty()) {
            sheet.remark(block.arrival(), node + " tells nothing about its wifi link.");
            return;
        }
        String cells = Figure.text(figures.get("rssi_dbm")) + "," + Figure.text(figures.get("noise_dbm")) + ","
                + Figure.text(figures.get("wifi_mbit_per_second"));
        sheet.row(block.arrival(), cells, figures);
    }

    /// The strengths and the rate that are known.
    static Map<String, Double> figures(WifiInfo.Radio radio) {
        Map<String, Double> figures = new LinkedHashMap<>();
        putKnown(figures, "rssi_dbm", radio.rssiDbm());
        putKnown(figures, "noise_dbm", radio.noiseDbm());
        putKnown(figures, "wifi_mbit_per_second", radio.megabitsPerSecond());
        return figures;
    }

    private static void putKnown(Map<String, Double> figures, String name, @Nullable Double value) {
        if (value != null) {
            figures.put(name, value);
        }
    }
}
