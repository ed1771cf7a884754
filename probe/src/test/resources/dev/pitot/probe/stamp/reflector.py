"""A reflector of STAMP (RFC 8762) whose packets are read and written by scapy.

Usage: reflector.py. Prints its port. Loses each tenth packet before it counts it, and each tenth answer after that."""
import socket
import time

from scapy.contrib.stamp import (
    ErrorEstimate,
    STAMPSessionReflectorTestUnauthenticated as Answer,
    STAMPSessionSenderTestUnauthenticated as Request,
)

NTP_EPOCH = 2208988800  # seconds from 1900 to 1970


def ntp():
    return time.time() + NTP_EPOCH


server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 0))
print("port", server.getsockname()[1], flush=True)
number = 0
count = 0
while True:
    data, sender = server.recvfrom(2048)
    received = ntp()
    number += 1
    if number % 10 == 3:
        continue
    # scapy takes the length of TLVs from the packet around it: 44 octets have none
    request = Request(data[:44])
    assert len(data) == 44 and request.mbz == 0
    answer = Answer(
        seq=count,
        err_estimate=ErrorEstimate(S=1, Z=0, scale=20, multiplier=3),
        ssid=request.ssid,
        ts_rx=received,
        seq_sender=request.seq,
        ts_sender=request.ts,
        err_estimate_sender=request.err_estimate,
        ttl_sender=63,
        ts=ntp(),
    )
    count += 1
    if number % 10 != 5:
        # scapy counts times in floating point: the sender's comes back as it was
        reply = bytearray(bytes(answer)[:44])
        reply[28:36] = data[4:12]
        server.sendto(bytes(reply), sender)
