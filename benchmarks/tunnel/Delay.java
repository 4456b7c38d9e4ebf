import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A path with a delay, where there is no {@code tc netem}: connections to a port go on to another one over a network device (TUN)
 * whose packets come back after so many milliseconds, so that TCP itself, its windows and its congestion control see the delay.
 * Needs to be root. Without a delay it is a plain relay. {@code java Delay.java PORT TARGET_PORT ONE_WAY_MILLIS}
 */
public final class Delay {

    private static final int PIECE = 64 * 1024;
    private static final int BACKLOG = 512;

    public static void main(String[] arguments) throws Throwable {
        int port = Integer.parseInt(arguments[0]);
        var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]));
        long delay = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[2]));
        if (delay == 0) {
            relay(new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress()), target);
            return;
        }
        Mirror mirror = Mirror.start(delay);
        var far = new ServerSocket(0, BACKLOG, mirror.here());
        Thread.ofPlatform().daemon().start(() -> relay(far, target));
        var there = new InetSocketAddress(mirror.there(), far.getLocalPort());
        relay(new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress()), there);
    }

    private static void relay(ServerSocket server, InetSocketAddress target) {
        while (true) {
            try {
                Socket near = server.accept();
                near.setTcpNoDelay(true);
                Thread.ofPlatform().daemon().start(() -> connect(near, target));
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private static void connect(Socket near, InetSocketAddress target) {
        var far = new Socket();
        try {
            far.setTcpNoDelay(true);
            far.connect(target);
            Thread back = Thread.ofPlatform().daemon().start(() -> pass(far, near));
            pass(near, far);
            back.join();
        } catch (IOException | InterruptedException gone) {
            // Closed below: who connected sees it.
        } finally {
            close(near);
            close(far);
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            byte[] piece = new byte[PIECE];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                to.getOutputStream().write(piece, 0, count);
            }
            to.shutdownOutput(); // an answer may still come the other way
        } catch (IOException gone) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // It is closed all the same.
        }
    }

    /**
     * Two addresses of one machine. What is sent to the other one comes back later with source and destination exchanged, which leaves
     * the checksums right: as from the other one to this.
     */
    private record Mirror(InetAddress here, InetAddress there) {

        private static final int READ_AND_WRITE = 2;
        private static final long SET_DEVICE = 0x400454CAL;
        private static final short PACKETS_ALONE = 0x1001;
        private static final int MTU = 9_000;

        /** More than 500 MB/s send in 100 ms. */
        private static final int MOST_UNDER_WAY = 8_192;

        private static final Linker LINKER = Linker.nativeLinker();

        private record Packet(byte[] bytes, long due) {}

        static Mirror start(long delay) throws Throwable {
            long number = ProcessHandle.current().pid();
            String network = "10.%d.%d.".formatted(200 + number / (64 * 256) % 50, number / 64 % 256);
            long first = number % 64 * 4;
            String name = "delay" + number;
            int device = open(name);
            run("ip", "address", "add", network + (first + 1) + "/30", "dev", name);
            run("ip", "link", "set", name, "mtu", "" + MTU, "txqueuelen", "" + MOST_UNDER_WAY, "up");
            BlockingQueue<Packet> underWay = new ArrayBlockingQueue<>(MOST_UNDER_WAY);
            Thread.ofPlatform().daemon().start(() -> read(device, underWay, delay));
            Thread.ofPlatform().daemon().start(() -> write(device, underWay));
            return new Mirror(InetAddress.getByName(network + (first + 1)), InetAddress.getByName(network + (first + 2)));
        }

        private static MethodHandle call(String name, FunctionDescriptor type, Linker.Option... options) {
            return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, options);
        }

        private static int open(String name) throws Throwable {
            MethodHandle open = call(
                    "open",
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                    Linker.Option.firstVariadicArg(2));
            MethodHandle control = call(
                    "ioctl",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                    Linker.Option.firstVariadicArg(2));
            try (Arena arena = Arena.ofConfined()) {
                int device = (int) open.invokeExact(arena.allocateFrom("/dev/net/tun"), READ_AND_WRITE);
                MemorySegment request = arena.allocate(40);
                request.setString(0, name);
                request.set(ValueLayout.JAVA_SHORT, 16, PACKETS_ALONE);
                if (device < 0 || (int) control.invokeExact(device, SET_DEVICE, request) < 0) {
                    throw new IOException("no network device could be made: a path with a delay needs root and /dev/net/tun");
                }
                return device;
            }
        }

        private static void run(String... command) throws IOException, InterruptedException {
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new IOException("failed: " + String.join(" ", command));
            }
        }

        private static MethodHandle transfer(String name) {
            return call(
                    name,
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
        }

        private static void read(int device, BlockingQueue<Packet> underWay, long delay) {
            MethodHandle read = transfer("read");
            MemorySegment buffer = Arena.ofAuto().allocate(MTU);
            try {
                while (true) {
                    long length = (long) read.invokeExact(device, buffer, (long) MTU);
                    byte[] packet = buffer.asSlice(0, Math.max(0, length)).toArray(ValueLayout.JAVA_BYTE);
                    if (packet.length > 20 && packet[0] >> 4 == 4) {
                        underWay.put(new Packet(packet, System.nanoTime() + delay));
                    }
                }
            } catch (Throwable failure) {
                throw new IllegalStateException(failure);
            }
        }

        private static void write(int device, BlockingQueue<Packet> underWay) {
            MethodHandle write = transfer("write");
            MemorySegment buffer = Arena.ofAuto().allocate(MTU);
            try {
                while (true) {
                    Packet packet = underWay.take();
                    TimeUnit.NANOSECONDS.sleep(packet.due() - System.nanoTime());
                    byte[] bytes = packet.bytes();
                    MemorySegment.copy(bytes, 0, buffer, ValueLayout.JAVA_BYTE, 0, bytes.length);
                    MemorySegment.copy(bytes, 12, buffer, ValueLayout.JAVA_BYTE, 16, 4);
                    MemorySegment.copy(bytes, 16, buffer, ValueLayout.JAVA_BYTE, 12, 4);
                    long written = (long) write.invokeExact(device, buffer, (long) bytes.length);
                    if (written < bytes.length) {
                        throw new IOException("a packet of %d bytes was not taken".formatted(bytes.length));
                    }
                }
            } catch (Throwable failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private Delay() {}
}
