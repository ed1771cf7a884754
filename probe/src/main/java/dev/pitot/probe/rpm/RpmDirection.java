package dev.pitot.probe.rpm;

/// Direction of the load.
public enum RpmDirection {
    /// The server sends: GET of a large object.
    DOWNLOAD,
    /// This end sends: POST without an end.
    UPLOAD,
    /// Both at once, which gives one score.
    BOTH;

    boolean hasDownload() {
        return this != UPLOAD;
    }

    boolean hasUpload() {
        return this != DOWNLOAD;
    }
}
