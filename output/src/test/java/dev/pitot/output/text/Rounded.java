package dev.pitot.output.text;

/// Range of values that round to a printed number.
///
/// @param low inclusive
/// @param high exclusive, as near as a `double` needs it
record Rounded(double low, double high) {
    /// Parses a number with a unit prefix: empty, K, M, G or T.
    static Rounded of(String number, String prefix, double step) {
        int point = number.indexOf('.');
        double half = 0.5 * Math.pow(10, point < 0 ? 0 : point + 1.0 - number.length());
        double scale = Math.pow(step, prefix.isEmpty() ? 0 : " KMGT".indexOf(prefix));
        double value = Double.parseDouble(number);
        double low = Math.max(fewestDigits(number.length() - 1 - point, point), value - half * 0.98);
        return new Rounded(low * scale, (value + half * 0.98) * scale);
    }

    /// Returns the smallest value printed with so few decimals: smaller values have more.
    private static double fewestDigits(int digits, int point) {
        if (point < 0) {
            return 99.95;
        }
        return digits == 1 ? 9.995 : 0;
    }

    Rounded intersect(Rounded other) {
        return new Rounded(Math.max(low, other.low), Math.min(high, other.high));
    }

    boolean isEmpty() {
        return low > high;
    }

    double middle() {
        return (low + high) / 2;
    }
}
