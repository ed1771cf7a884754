package dev.pitot.model.finding;

import java.util.List;

/// Rule that finds one cause in the evidence of one direction.
interface Rule {
    /// All rules, causes before effects.
    List<Rule> ALL = List.of(
            new SenderProcessor(),
            new ReceiverProcessor(),
            new MtuBlackHole(),
            new UdpReceiverSocket(),
            new UdpReceiverHost(),
            new UdpSenderTooSlow(),
            new ReceiverWindow(),
            new WindowTooSmall(),
            new SenderBuffer(),
            new PacingLimit(),
            new ReceiveMemory(),
            new Policer(),
            new OwnQueue(),
            new Bufferbloat(),
            new CongestionLoss(),
            new RandomLoss(),
            new UdpPathLoss(),
            new Reordering(),
            new Stalls(),
            new EcnMarks(),
            new SmallMtu(),
            new SlowSender(),
            new UnfairStreams(),
            new PathChanged(),
            new DirectionsDiffer(),
            new DuplexMismatch(),
            new ShortRun(),
            new UnstableRate(),
            new NetworkLimit());

    /// Stable name of the finding.
    String id();

    /// Looks for the cause.
    RuleResult evaluate(DirectionFacts facts);
}
