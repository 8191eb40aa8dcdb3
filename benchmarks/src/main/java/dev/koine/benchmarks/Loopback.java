package dev.koine.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whole requests over loopback, by clients that take turns in one JVM. CPU time and allocation are those of the asking
 * thread alone, so the server, which runs in the same process, is not in them.
 */
final class Loopback {
    private static final int ANSWERS = 40;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Loopback() {}

    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        try (var server = EventServer.start(); var koine = Clients.koine(server.port());
                var bare = Clients.bare(server.port()); var socket = Clients.socket(server.port())) {
            var clients = new LinkedHashMap<String, Clients>();
            clients.put("socket", socket);
            clients.put("httpclient", bare);
            clients.put("koine", koine);
            var texts = new LinkedHashMap<String, String>();
            for (var client : clients.entrySet()) {
                var text = new StringBuilder();
                client.getValue().ask(text::append);
                texts.put(client.getKey(), text.toString());
            }
            if (texts.values().stream().distinct().count() != 1) {
                throw new IllegalStateException("the clients read different texts: " + texts);
            }
            var cpu = new LinkedHashMap<String, double[]>();
            var bytes = new LinkedHashMap<String, double[]>();
            clients.keySet().forEach(name -> {
                cpu.put(name, new double[rounds]);
                bytes.put(name, new double[rounds]);
            });
            int warm = 60;
            for (int round = -warm; round < rounds; round++) {
                for (var client : clients.entrySet()) {
                    measure(client.getKey(), client.getValue(), round, cpu, bytes);
                }
            }
            System.out.printf("%-12s %14s %14s %14s%n", "", "CPU ns/chunk", "/ httpclient", "bytes/chunk");
            clients.keySet()
                    .forEach(name -> System.out.printf("%-12s %14.0f %14.2f %14.0f%n", name, median(cpu.get(name)),
                            ratio(cpu.get(name), cpu.get("httpclient")), median(bytes.get(name))));
            System.out.printf(
                    "%d rounds of %d answers of %d pieces of text; medians; the ratio is the median of the rounds' ratios%n",
                    rounds, ANSWERS, Recording.TEXT_CHUNKS);
        }
    }

    private static void measure(String name, Clients client, int round, Map<String, double[]> cpu,
            Map<String, double[]> bytes) throws IOException {
        var length = new int[1];
        long cpuBefore = THREADS.getCurrentThreadCpuTime();
        long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ANSWERS; i++) {
            client.ask(text -> length[0] += text.length());
        }
        double chunks = (double) ANSWERS * Recording.TEXT_CHUNKS;
        if (round >= 0 && length[0] > 0) {
            cpu.get(name)[round] = (THREADS.getCurrentThreadCpuTime() - cpuBefore) / chunks;
            bytes.get(name)[round] = (THREADS.getCurrentThreadAllocatedBytes() - bytesBefore) / chunks;
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double ratio(double[] values, double[] base) {
        double[] ratios = new double[values.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = values[i] / base[i];
        }
        return median(ratios);
    }
}
