package dev.pitot.model.result;

/// Grade of the rise of the round-trip time under load over the idle one, on the scale that DSLReports
/// introduced. It has no E.
public enum Grade {
    A_PLUS("A+", 5),
    A("A", 30),
    B("B", 60),
    C("C", 200),
    D("D", 400),
    F("F", Double.POSITIVE_INFINITY);

    private static final double MICROS_PER_MILLI = 1000;

    private final String text;
    private final double belowMillis;

    Grade(String text, double belowMillis) {
        this.text = text;
        this.belowMillis = belowMillis;
    }

    /// Returns the grade of a rise.
    ///
    /// @param micros rise in microseconds; negative counts as none
    public static Grade ofRise(double micros) {
        for (Grade grade : values()) {
            if (micros / MICROS_PER_MILLI < grade.belowMillis) {
                return grade;
            }
        }
        return F;
    }

    /// Returns the letter, with its plus.
    public String text() {
        return text;
    }
}
