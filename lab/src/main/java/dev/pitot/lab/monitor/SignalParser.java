package dev.pitot.lab.monitor;

import dev.pitot.lab.os.WifiInfo;
import dev.pitot.lab.probe.BoundQuery;
import dev.pitot.lab.probe.Poller;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Strength of the signal and the noise in dBm, and the rate of sending in Mbit/s.
final class SignalParser implements MetricParser {
    private final String node;
    private final BoundQuery<WifiInfo> wifi;

    SignalParser(String node, BoundQuery<WifiInfo> wifi) {
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
    public void onBlock(Poller.Block block, MonitorLog log) {
        WifiInfo info = wifi.read(block.lines());
        Map<String, Double> figures = info == null ? Map.of() : figures(info.radio());
        if (figures.isEmpty()) {
            log.remark(block.arrival(), node + " tells nothing about its wifi link.");
            return;
        }
        String cells = NumberText.text(figures.get("rssi_dbm")) + "," + NumberText.text(figures.get("noise_dbm")) + ","
                + NumberText.text(figures.get("wifi_mbit_per_second"));
        log.row(block.arrival(), cells, figures);
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
