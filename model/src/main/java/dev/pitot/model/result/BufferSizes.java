package dev.pitot.model.result;

/// What the kernel grants a socket.
///
/// @param sendBytes SO_SNDBUF as read back
/// @param receiveBytes SO_RCVBUF as read back
public record BufferSizes(int sendBytes, int receiveBytes) {}
