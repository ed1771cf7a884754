package dev.pitot.lab.monitor;

import java.time.Instant;
import java.util.Map;

/// One reading of a monitor.
///
/// @param at when it arrived, by the wall clock of this machine
/// @param figures by names that end with the unit, such as `rssi_dbm`; what was not read is absent
public record Reading(Instant at, Map<String, Double> figures) {
    /// 1 for a ping without an answer, else 0.
    public static final String PINGS_LOST = "pings_lost";

    public Reading {
        figures = Map.copyOf(figures);
    }
}
