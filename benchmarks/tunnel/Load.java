import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The same work for whatever forwards a port: bulk each way, one-byte echoes, and connections set up one after the
 * other and several at once. Both print name=value lines.
 *
 * <pre>
 * java Load.java target PORT           serves the target, until it is killed
 * java Load.java bulk PORT MIB ROUNDS  drives the target through the forwarded port
 * java Load.java small PORT WARM       does so with echoes, as many before that are not counted, and with set-ups after so many others
 * java Load.java pace PORT RATE COUNT  sets up so many connections a second, however long each takes
 * java Load.java idle PORT COUNT       has so many connections that do nothing, says "idle", and ends with its input
 * </pre>
 */
public final class Load {

    private static final int PIECE = 256 * 1024;
    private static final int ECHOES = 3_000;
    private static final int CONNECTIONS = 400;
    private static final int AT_ONCE = 8;
    private static final int OPENED_AT_ONCE = 50;

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        switch (arguments[0]) {
            case "target" -> serve(port);
            case "bulk" -> bulk(port, Long.parseLong(arguments[2]) << 20, Integer.parseInt(arguments[3]));
            case "small" -> small(port, Integer.parseInt(arguments[2]));
            case "pace" -> pace(port, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
            case "idle" -> idle(port, Integer.parseInt(arguments[2]));
            default -> throw new IllegalArgumentException("target, bulk, small, pace or idle, not " + arguments[0]);
        }
    }

    private static void serve(int port) throws IOException {
        try (ServerSocket server = new ServerSocket(port, 512, InetAddress.getLoopbackAddress())) {
            while (true) {
                Socket socket = server.accept();
                Thread.ofPlatform().daemon().start(() -> answer(socket));
            }
        }
    }

    private static void answer(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            switch (in.read()) {
                case 'U' -> {
                    sink(in, Long.MAX_VALUE);
                    out.write(1);
                }
                case 'D' -> source(out, number(in));
                case 'E' -> {
                    for (int b = in.read(); b >= 0; b = in.read()) {
                        out.write(b);
                    }
                }
                default -> { }
            }
        } catch (IOException ended) {
            // The driver has what it wanted.
        }
    }

    private static void bulk(int port, long size, int rounds) throws IOException {
        double[] up = new double[rounds];
        double[] down = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            up[i] = up(port, size);
            down[i] = down(port, size);
        }
        print("up_mb_s", median(up));
        print("down_mb_s", median(down));
    }

    private static void small(int port, int warm) throws Exception {
        echo(port, ECHOES);
        double[] echoes = echo(port, ECHOES);
        print("echo_p50_us", echoes[echoes.length / 2]);
        print("echo_p99_us", echoes[echoes.length * 99 / 100]);
        setUp(port, AT_ONCE, warm);
        print("setup_per_s", setUp(port, 1, CONNECTIONS));
        print("setup_8_at_once_per_s", setUp(port, AT_ONCE, CONNECTIONS * AT_ONCE));
    }

    /** A connection counts from when it was due, also if the ones before it held it up. */
    private static void pace(int port, int rate, int count) throws Exception {
        double[] millis = new double[count];
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> connections = new ArrayList<>();
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                int number = i;
                long due = begin + TimeUnit.SECONDS.toNanos(number) / rate;
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                connections.add(threads.submit(() -> {
                    echo(port, 1);
                    millis[number] = (System.nanoTime() - due) / 1e6;
                    return null;
                }));
            }
            for (Future<?> connection : connections) {
                connection.get();
            }
        }
        Arrays.sort(millis);
        print("setup_p50_ms_at_" + rate + "_per_s", millis[count / 2]);
        print("setup_p99_ms_at_" + rate + "_per_s", millis[count * 99 / 100]);
    }

    private static void idle(int port, int count) throws Exception {
        List<Socket> held = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService threads = Executors.newFixedThreadPool(OPENED_AT_ONCE)) {
            List<Callable<Void>> openings = Collections.nCopies(count, () -> {
                Socket socket = connect(port);
                held.add(socket);
                socket.getOutputStream().write(new byte[] {'E', 7});
                require(socket.getInputStream().read() == 7, "the echo came");
                return null;
            });
            for (Future<Void> opening : threads.invokeAll(openings)) {
                opening.get();
            }
        }
        System.out.println("idle");
        System.in.read();
        for (Socket socket : held) {
            socket.close();
        }
    }

    private static double up(int port, long size) throws IOException {
        try (Socket socket = connect(port)) {
            long begin = System.nanoTime();
            socket.getOutputStream().write('U');
            source(socket.getOutputStream(), size);
            socket.shutdownOutput();
            require(socket.getInputStream().read() == 1, "the target got everything");
            return rate(size, begin);
        }
    }

    private static double down(int port, long size) throws IOException {
        try (Socket socket = connect(port)) {
            long begin = System.nanoTime();
            socket.getOutputStream().write('D');
            for (int shift = 56; shift >= 0; shift -= 8) {
                socket.getOutputStream().write((int) (size >>> shift));
            }
            require(sink(socket.getInputStream(), size) == size, "everything came");
            return rate(size, begin);
        }
    }

    private static double[] echo(int port, int count) throws IOException {
        double[] micros = new double[count];
        try (Socket socket = connect(port)) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            out.write('E');
            for (int i = 0; i < count; i++) {
                long begin = System.nanoTime();
                out.write(7);
                require(in.read() == 7, "the echo came");
                micros[i] = (System.nanoTime() - begin) / 1e3;
            }
        }
        Arrays.sort(micros);
        return micros;
    }

    /** A connection is set up when its first byte has come back. */
    private static double setUp(int port, int atOnce, int count) throws Exception {
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
            List<Callable<double[]>> connections = Collections.nCopies(count, () -> echo(port, 1));
            for (Future<double[]> connection : threads.invokeAll(connections)) {
                connection.get();
            }
        }
        return count / ((System.nanoTime() - begin) / 1e9);
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static void source(OutputStream out, long size) throws IOException {
        byte[] piece = new byte[PIECE];
        new java.util.Random(1).nextBytes(piece);
        for (long left = size; left > 0; left -= PIECE) {
            out.write(piece, 0, (int) Math.min(PIECE, left));
        }
    }

    private static long sink(InputStream in, long most) throws IOException {
        byte[] piece = new byte[PIECE];
        long sum = 0;
        while (sum < most) {
            int count = in.read(piece);
            if (count < 0) {
                return sum;
            }
            sum += count;
        }
        return sum;
    }

    private static long number(InputStream in) throws IOException {
        long number = 0;
        for (int i = 0; i < 8; i++) {
            number = number << 8 | in.read();
        }
        return number;
    }

    private static double rate(long size, long begin) {
        return size / 1e6 / ((System.nanoTime() - begin) / 1e9);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static void require(boolean truth, String what) throws IOException {
        if (!truth) {
            throw new IOException("not so: " + what);
        }
    }

    private static void print(String name, double value) {
        System.out.printf(Locale.ROOT, "%s=%.1f%n", name, value);
    }

    private Load() {}
}
