package dev.pitot.testkit.simulate;

/// Which datagrams are lost.
public sealed interface LossModel {
    /// None is lost.
    record None() implements LossModel {}

    /// Each is lost with the same probability, whatever happened to the others.
    ///
    /// @param probability 0..1
    record Independent(double probability) implements LossModel {
        /// @throws IllegalArgumentException if the probability is out of range
        public Independent {
            Impairment.checkProbability("probability", probability);
        }
    }

    /// Losses come in bursts: Gilbert's and Elliott's model, a path that is either good or bad.
    /// The state may change before each datagram. It begins good.
    ///
    /// @param worsen probability 0..1 that a good path becomes bad
    /// @param recover probability 0..1 that a bad path becomes good; bursts last 1/recover
    ///     datagrams on average
    /// @param whileGood probability 0..1 of a loss while the path is good
    /// @param whileBad the same while it is bad
    record Burst(double worsen, double recover, double whileGood, double whileBad) implements LossModel {
        /// @throws IllegalArgumentException if a probability is out of range
        public Burst {
            Impairment.checkProbability("worsen", worsen);
            Impairment.checkProbability("recover", recover);
            Impairment.checkProbability("whileGood", whileGood);
            Impairment.checkProbability("whileBad", whileBad);
        }

        /// Gilbert's simpler model: a good path loses nothing, a bad one everything.
        ///
        /// @param share of all datagrams that are lost in the long run, 0 or more, less than 1
        /// @param length of a burst on average, in datagrams, 1 or more
        public static Burst of(double share, double length) {
            if (!(share >= 0 && share < 1)) {
                throw new IllegalArgumentException("share not in 0..1: " + share);
            }
            if (!(length >= 1)) {
                throw new IllegalArgumentException("length < 1: " + length);
            }
            double recover = 1 / length;
            return new Burst(Math.min(1, recover * share / (1 - share)), recover, 0, 1);
        }

        /// The share of all datagrams that is lost in the long run; what it loses while good if
        /// its state never changes.
        public double share() {
            double bad = worsen == 0 ? 0 : worsen / (worsen + recover);
            return bad * whileBad + (1 - bad) * whileGood;
        }
    }
}
