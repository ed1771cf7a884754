package dev.pitot.lab.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatteryReaderTest {
    // macOS 14: pmset -g batt
    private static final String MAC = """
            Now drawing from 'Battery Power'
             -InternalBattery-0 (id=1234567)\t95%; discharging; 4:13 remaining present: true
            """;

    @Test
    void linuxTellsOfItsOwnBatteryAndNotOfTheMouse() {
        // Linux 6.1: /sys/class/power_supply/*/uevent
        String output = """
                POWER_SUPPLY_NAME=AC
                POWER_SUPPLY_ONLINE=1
                POWER_SUPPLY_NAME=hidpp_battery_0
                POWER_SUPPLY_SCOPE=Device
                POWER_SUPPLY_CAPACITY=5
                POWER_SUPPLY_NAME=BAT0
                POWER_SUPPLY_STATUS=Charging
                POWER_SUPPLY_CAPACITY=87
                """;

        assertThat(BatteryReader.linux(output)).isEqualTo(new Battery(87, true));
        assertThat(BatteryReader.linux(output.replace("=Charging", "=Discharging")))
                .isEqualTo(new Battery(87, false));
        assertThat(BatteryReader.linux("cat: '/sys/class/power_supply/*/uevent': No such file or directory"))
                .isNull();
    }

    @Test
    void androidTellsByItsOwnScale() {
        // Android 9: dumpsys battery
        String output = """
                Current Battery Service state:
                  AC powered: false
                  USB powered: true
                  status: 2
                  health: 2
                  present: true
                  level: 50
                  scale: 200
                  voltage: 4158
                """;

        assertThat(BatteryReader.android(output)).isEqualTo(new Battery(25, true));
        assertThat(BatteryReader.android(output.replace("scale: 200", "scale: 0")))
                .isNull();
        assertThat(BatteryReader.android(output.replace("level: 50", "level: 900")))
                .isNull();
        assertThat(BatteryReader.android("")).isNull();
    }

    @Test
    void macAndWindowsTellToo() {
        assertThat(BatteryReader.mac(MAC)).isEqualTo(new Battery(95, false));
        // Windows 10: Get-CimInstance Win32_Battery | Format-List
        assertThat(BatteryReader.windows("\r\nEstimatedChargeRemaining : 71\r\nBatteryStatus            : 6\r\n"))
                .isEqualTo(new Battery(71, true));
        assertThat(BatteryReader.windows("")).isNull();
    }
}
