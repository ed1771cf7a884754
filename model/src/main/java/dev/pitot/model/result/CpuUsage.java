package dev.pitot.model.result;

/// CPU time of the whole process during a test, in percent of one core; above 100 with several
/// threads.
public record CpuUsage(double total, double user, double system) {}
