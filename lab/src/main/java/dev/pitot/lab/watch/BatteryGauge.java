package dev.pitot.lab.watch;

import dev.pitot.lab.system.Battery;
import java.util.Map;

/// How full the battery is in percent, and whether it is being filled (1) or not (0).
final class BatteryGauge implements Gauge {
    private final String node;
    private final Asked<Battery> battery;

    BatteryGauge(String node, Asked<Battery> battery) {
        this.node = node;
        this.battery = battery;
    }

    @Override
    public String header() {
        return "timestamp,percent,charging";
    }

    @Override
    public void forget() {
        // each reading stands alone
    }

    @Override
    public void onBlock(Readings.Block block, Sheet sheet) {
        Battery state = battery.read(block.lines());
        if (state == null) {
            sheet.remark(block.arrival(), node + " tells nothing about a battery.");
            return;
        }
        double percent = state.percent();
        double charging = state.isCharging() ? 1 : 0;
        sheet.row(
                block.arrival(),
                Figure.text(percent) + "," + Figure.text(charging),
                Map.of("battery_percent", percent, "battery_charging", charging));
    }
}
