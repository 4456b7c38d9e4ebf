package io.bascule.tunnel.client;

import io.bascule.tunnel.Frame;
import io.grpc.netty.shaded.io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * Reads at most as many bytes as are permitted, and once for each permission, into buffers whose size follows what comes. For
 * one thread.
 */
@SuppressWarnings("deprecation") // Netty names the type of a handle so, and has no other.
final class LimitedReads extends DefaultMaxMessagesRecvByteBufAllocator {

    private static final int SMALLEST = 2 * 1024;

    private int limit = SMALLEST;
    private int size = SMALLEST;

    LimitedReads() {
        super(1);
    }

    void limit(int bytes) {
        limit = bytes;
    }

    void came(int bytes) {
        if (bytes >= size) {
            size = Math.min(2 * size, Frame.MAX_PAYLOAD);
        } else if (bytes < size / 8 && size > SMALLEST) {
            size /= 2;
        }
    }

    @Override
    public Handle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public int guess() {
                return Math.min(limit, size);
            }
        };
    }
}
