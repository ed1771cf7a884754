import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Median, lowest and highest of several runs, and how far the median can be trusted.
///
/// @param sorted at least one value
record Statistics(double[] sorted) {
    private static final int RESAMPLES = 2000;
    private static final long SEED = 18; // any: the same runs have the same interval

    static Statistics of(List<Double> values) {
        return new Statistics(values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
    }

    double median() {
        return median(sorted);
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double lowest() {
        return sorted[0];
    }

    double highest() {
        return sorted[sorted.length - 1];
    }

    /// Interval that holds the median with 95 % confidence, by the bootstrap: lower and upper end.
    double[] interval() {
        var random = new Random(SEED);
        double[] medians = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double[] drawn = new double[sorted.length];
            for (int j = 0; j < drawn.length; j++) {
                drawn[j] = sorted[random.nextInt(sorted.length)];
            }
            Arrays.sort(drawn);
            medians[i] = median(drawn);
        }
        Arrays.sort(medians);
        return new double[] {medians[RESAMPLES / 40], medians[RESAMPLES - 1 - RESAMPLES / 40]};
    }

    /// Three significant digits.
    static String text(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
