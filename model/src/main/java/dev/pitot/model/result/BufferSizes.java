package dev.pitot.model.result;

/// Socket buffer sizes granted by the kernel.
///
/// @param sendBytes SO_SNDBUF as read back
/// @param receiveBytes SO_RCVBUF as read back
public record BufferSizes(int sendBytes, int receiveBytes) {}
