package dev.pitot.output.text;

/// A printed number and what it may have been before it was rounded.
///
/// @param low inclusive
/// @param high exclusive, as near as a `double` needs it
record Rounded(double low, double high) {
    /// The number with the unit's prefix: empty, K, M, G or T.
    static Rounded of(String number, String prefix, double step) {
        int point = number.indexOf('.');
        double half = 0.5 * Math.pow(10, point < 0 ? 0 : point + 1.0 - number.length());
        double scale = Math.pow(step, prefix.isEmpty() ? 0 : " KMGT".indexOf(prefix));
        double value = Double.parseDouble(number);
        double low = Math.max(fewestDigits(number.length() - 1 - point, point), value - half * 0.98);
        return new Rounded(low * scale, (value + half * 0.98) * scale);
    }

    /// The least that is printed with so few digits behind the point: what is smaller has more.
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
