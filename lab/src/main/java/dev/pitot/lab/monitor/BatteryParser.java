package dev.pitot.lab.monitor;

import dev.pitot.lab.os.Battery;
import dev.pitot.lab.probe.BoundQuery;
import dev.pitot.lab.probe.Poller;
import java.util.Map;

/// How full the battery is in percent, and whether it is being filled (1) or not (0).
final class BatteryParser implements MetricParser {
    private final String node;
    private final BoundQuery<Battery> battery;

    BatteryParser(String node, BoundQuery<Battery> battery) {
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
    public void onBlock(Poller.Block block, MonitorLog log) {
        Battery state = battery.read(block.lines());
        if (state == null) {
            log.remark(block.arrival(), node + " tells nothing about a battery.");
            return;
        }
        double percent = state.percent();
        double charging = state.isCharging() ? 1 : 0;
        log.row(
                block.arrival(),
                NumberText.text(percent) + "," + NumberText.text(charging),
                Map.of("battery_percent", percent, "battery_charging", charging));
    }
}
