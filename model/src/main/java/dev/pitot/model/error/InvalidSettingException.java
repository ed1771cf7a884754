package dev.pitot.model.error;

/// Setting outside its range. The message is the sentence that iperf3 prints after
/// `parameter error - `.
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

    /// Creates an exception with a detail.
    ///
    /// @param detail appended to the error's text: the invalid value, or the system's reason
    public InvalidSettingException(IperfError error, String detail) {
        super(error.text(detail));
        this.error = error;
        this.detail = detail;
    }

    /// The invalid value or the reason, without the error's text; empty if there is none.
    public String detail() {
        return detail;
    }

    /// The error number, sent to the client when a server rejects parameters.
    public IperfError error() {
        return error;
    }
}
