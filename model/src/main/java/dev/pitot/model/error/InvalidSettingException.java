package dev.pitot.model.error;

/// A setting outside its range. The message is the sentence that iperf3 prints after `parameter
/// error - `.
public final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final IperfError error;
    private final String detail;

    /// With the error's text alone.
    public InvalidSettingException(IperfError error) {
        super(error.text());
        detail = "";
        this.error = error;
    }

    /// With what was wrong.
    ///
    /// @param detail goes behind the error's text: the value at fault, or the system's reason
    public InvalidSettingException(IperfError error, String detail) {
        super(error.text(detail));
        this.error = error;
        this.detail = detail;
    }

    /// What was wrong, without the error's text; empty where that says it all.
    public String detail() {
        return detail;
    }

    /// The number that travels on the wire when a server refuses parameters.
    public IperfError error() {
        return error;
    }
}
