package dev.pitot.lab.session;

import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.results.ResultsFolder.PlanCopy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;

/// What a session is made of.
///
/// @param plan what shall be done
/// @param copy the plan as it was read, for the folder of results
/// @param below where a plan's folder is that is not absolute
/// @param connector opens the nodes' connections
/// @param clock the wall clock
/// @param zone of times in files
public record SessionSetup(
        Plan plan, PlanCopy copy, Path below, NodeConnector connector, InstantSource clock, ZoneId zone) {}
