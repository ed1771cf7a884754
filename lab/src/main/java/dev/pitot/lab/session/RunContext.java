package dev.pitot.lab.session;

import dev.pitot.lab.results.ResultsFolder;

/// What all tests of a session share.
record RunContext(
        SessionSetup setup,
        SessionNodes devices,
        NodeLeases leases,
        ResultsFolder folder,
        SessionFixtures fixtures,
        EventPublisher publisher) {}
