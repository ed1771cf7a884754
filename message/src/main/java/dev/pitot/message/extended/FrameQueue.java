package dev.pitot.message.extended;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A queue of frames of reliable messages: the message and the index of its fragment. Each frame
/// that was sent and is not confirmed is in one such queue: of the packet that it is in, or of
/// those to send again.
final class FrameQueue {
    private static final int MIN_CAPACITY = 4;

    private @Nullable OutgoingMessage[] messages = new @Nullable OutgoingMessage[MIN_CAPACITY];
    private int[] fragments = new int[MIN_CAPACITY];
    private int head;
    private int count;

    int count() {
        return count;
    }

    void add(OutgoingMessage message, int fragment) {
        if (count == fragments.length) {
            resize(count << 1);
        }
        int at = head + count & fragments.length - 1;
        messages[at] = message;
        fragments[at] = fragment;
        count++;
    }

    OutgoingMessage firstMessage() {
        return Objects.requireNonNull(messages[head]);
    }

    int firstFragment() {
        return fragments[head];
    }

    void removeFirst() {
        messages[head] = null;
        head = head + 1 & fragments.length - 1;
        count--;
    }

    /// Gives back memory, if it has none in use.
    void trim() {
        if (count == 0 && fragments.length > MIN_CAPACITY) {
            resize(MIN_CAPACITY);
        }
    }

    private void resize(int capacity) {
        @Nullable OutgoingMessage[] oldMessages = messages;
        int[] oldFragments = fragments;
        messages = Arrays.copyOf(messages, capacity);
        fragments = Arrays.copyOf(fragments, capacity);
        Arrays.fill(messages, null);
        for (int i = 0; i < count; i++) {
            int from = head + i & oldFragments.length - 1;
            messages[i] = oldMessages[from];
            fragments[i] = oldFragments[from];
        }
        head = 0;
    }
}
